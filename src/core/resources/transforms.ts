/** `ledger.lots.split`, `merge` and `convert`, and `ledger.items.openLots`: lots that become other lots. */
import type { ConvertInput, MergeInput, OpeningInput, SplitInput } from '../model/transforms.ts';
import type { Item, Posting } from '../model/views.ts';
import type { Transformed } from '../model/views-transforms.ts';
import type { LedgerPort } from '../ports/ledger.ts';
import { type PostedRecord, postingView } from '../queries/views/postings.ts';
import type { Loose } from './postings.ts';
import { ask, type ChangeOptions, send } from './resource.ts';

/** Why, and the command's id: as in the options, where they may stand as well. */
interface Said {
  readonly reason?: string;
  readonly commandId?: string;
}

/** What `split` takes. Quantities are in the item's base unit, or in `unit`. */
export type SplitDraft = Loose<SplitInput> & Said;
/** What `merge` takes. */
export type MergeDraft = Loose<MergeInput> & Said;
/** What `convert` takes. */
export type ConvertDraft = Omit<Loose<ConvertInput>, 'toQuantity'> & {
  readonly toQuantity?: string | number;
} & Said;
/** What `openLots` takes. */
export type OpeningDraft = Loose<OpeningInput> & Said;

/** Lots made of lots. All of them use a template that makes lots from lots (R90). */
export interface Transforms {
  /**
   * Makes a part of a lot lots of their own, with its expiry, supplier's lot, status and the rest of what is
   * known of the goods; of an item by serial number, the pieces named.
   * @throws LedgerError `template.notConvertible`, `lot.notFound`, `lot.insufficient`, and what a posting refuses
   * @example
   * const { made } = await ledger.lots.split({ lot: lot.id, warehouse: 'MAIN', template: 'LFL', date: '2026-11-22',
   *   into: [{ code: 'auto', quantity: '30' }] });
   * made[0].code; // '202611007'
   */
  split(split: SplitDraft, options?: ChangeOptions): Promise<Transformed>;
  /**
   * Mixes lots of one item into one, new or there already: it expires when the first of them does. Different
   * statuses need `acceptStatus`; the strictest is then the mixture's.
   * @throws LedgerError `lot.statusConflict`, `lot.expiryLater`, `lot.hasReservations`, `lot.unavailable` …
   * @example await ledger.lots.merge({ warehouse: 'MAIN', template: 'LFL', date: '2026-11-22',
   *   from: [{ lot: a.id }, { lot: b.id, quantity: '5' }], into: { code: 'MIX-1' } })
   */
  merge(merge: MergeDraft, options?: ChangeOptions): Promise<Transformed>;
  /**
   * Makes a lot of one item a lot of another item or variant. How much it becomes follows from the units of
   * both, unless `toQuantity` says it.
   * @throws LedgerError `lot.statusConflict`, `reason.required` for a longer life, `field.required` for `toQuantity`
   * @example await ledger.lots.convert({ lot: lot.id, warehouse: 'MAIN', template: 'LFL', date: '2026-11-22',
   *   quantity: '24', toItem: 'MILK-6', toQuantity: '4', into: { code: 'auto' } })
   */
  convert(convert: ConvertDraft, options?: ChangeOptions): Promise<Transformed>;
  /** The split as it would be; nothing is written and no code is consumed. */
  previewSplit(split: SplitDraft, options?: ChangeOptions): Promise<Transformed>;
  previewMerge(merge: MergeDraft, options?: ChangeOptions): Promise<Transformed>;
  previewConvert(convert: ConvertDraft, options?: ChangeOptions): Promise<Transformed>;
}

/** Lots for stock that had none. */
export interface Opening {
  /**
   * Puts what lies of an item without a lot into lots, place by place, where it lies (R21). Of an item
   * without lots it is all of it, and `lots` says how they are managed from now on; of one that has them it
   * may be a part.
   * @throws LedgerError `item.openingMismatch` naming the first place that holds more or less than was given
   * @example await ledger.items.openLots({ item: 'SALT', date: '2026-11-22', lots: { withdrawal: 'fifo' }, stock: [
   *   { warehouse: 'MAIN', template: 'LFL', location: 'A-01', lots: [{ code: 'S-1', quantity: '5' }] }] })
   */
  openLots(opening: OpeningDraft, options?: ChangeOptions): Promise<Item>;
}

/** What stands in the envelope, not in what is asked. Anything but an object passes as it is. */
function parted(draft: object & Said, options: ChangeOptions): { args: unknown; how: ChangeOptions } {
  if (typeof draft !== 'object' || draft === null) return { args: draft, how: options };
  const { reason, commandId, ...args } = draft;
  const how = {
    ...(reason === undefined ? {} : { reason }),
    ...(commandId === undefined ? {} : { commandId }),
    ...options,
  };
  return { args, how };
}

const command =
  <D extends object & Said>(port: LedgerPort, name: string) =>
  async (draft: D, options: ChangeOptions = {}): Promise<Transformed> => {
    const { args, how } = parted(draft, options);
    const sent = await send<{ readonly posting: PostedRecord }>(port, name, args, how);
    const posting = postingView(sent.posting);
    const load = await ask<Posting>(port, 'postings.get', { id: posting.counterpart });
    return { ...posting, made: load.lines.flatMap((line) => line.lots) };
  };

const preview =
  <D extends object & Said>(port: LedgerPort, what: string) =>
  (draft: D, options: ChangeOptions = {}): Promise<Transformed> => {
    const { args, how } = parted(draft, options);
    const { reason, force } = how;
    return ask(port, 'lots.preview', {
      what,
      args,
      ...(reason === undefined ? {} : { reason }),
      ...(force === undefined ? {} : { force }),
    });
  };

export const transforms = (port: LedgerPort): Transforms => ({
  split: command(port, 'lots.split@1'),
  merge: command(port, 'lots.merge@1'),
  convert: command(port, 'lots.convert@1'),
  previewSplit: preview(port, 'split'),
  previewMerge: preview(port, 'merge'),
  previewConvert: preview(port, 'convert'),
});

export const opening = (port: LedgerPort): Opening => ({
  async openLots(draft, options = {}) {
    const { args, how } = parted(draft, options);
    await send(port, 'items.openLots@1', args, how);
    return ask(port, 'items.get', { id: draft.item });
  },
});
