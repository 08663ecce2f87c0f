/**
 * The two postings of a transformation: the unload that takes lots out, and its counterpart that brings in
 * what they became. Only templates made for it may be used (R90).
 */
import type { ItemRecord, LotRecord, Operation as Purpose, TemplateRecord } from '../../model/records.ts';
import type { LotReference, SplitInput } from '../../model/transforms.ts';
import { LedgerError } from '../../ports/errors.ts';
import { codeKey } from '../../ports/keys.ts';
import type { DecideContext, View } from '../../ports/view.ts';
import { scopeOf } from '../../reading/codes.ts';
import { locationIn, named, variantOf } from '../../reading/references.ts';
import { stockGuard } from '../../rules/stock-keys.ts';
import type { Draft } from '../posting/draft.ts';
import { type Operation, openOperation } from '../posting/operation.ts';
import { checkHeader, type World, worldOf } from '../posting/world.ts';

/** Both postings, and what they belong to. */
export interface Pair {
  readonly operation: Operation;
  readonly out: Draft;
  readonly into: Draft;
}

type Header = Pick<SplitInput, 'document' | 'internalDocument' | 'project' | 'note'>;
type Where = Pick<SplitInput, 'warehouse' | 'template'>;

/** What a template lacks to make lots from lots, if anything. */
function lacking({ type, tracksLots, createsLotFromLot, explodeComponents, counterpart }: TemplateRecord) {
  if (type !== 'unload') return 'type';
  if (!tracksLots) return 'tracksLots';
  if (!createsLotFromLot) return 'createsLotFromLot';
  if (explodeComponents) return 'explodeComponents';
  return counterpart ? undefined : 'counterpart';
}

/** The worlds of both sides. */
function worlds(view: View, where: Where, path: string): { out: World; into: World } {
  const refuse = (template: TemplateRecord, why: string): never => {
    throw new LedgerError('template.notConvertible', { path, details: { template: template.code, why } });
  };
  const out = worldOf(view, where);
  const { template } = out;
  const why = lacking(template);
  if (why || !template.counterpart) return refuse(template, why ?? 'counterpart');
  const into = worldOf(view, template.counterpart);
  if (into.type !== 'load' || !into.template.tracksLots) return refuse(template, 'counterpart');
  return { out, into };
}

/**
 * Opens the unload and its load as one pair.
 * @param main false where another posting of the command is its answer
 * @throws LedgerError template.notConvertible, saying what the template lacks
 */
export function openPair(
  operation: Operation,
  where: Where,
  { document, internalDocument, project, note }: Header,
  purpose: Purpose,
  { main = true, path = 'template' } = {},
): Pair {
  const both = worlds(operation.view, where, path);
  const header = { document, internalDocument, project, note };
  const out = operation.draft(both.out, header, { operation: purpose, main });
  const into = operation.draft(both.into, header, { operation: purpose, main: false });
  operation.pair(out, into);
  return { operation, out, into };
}

/** The pair of a command that makes only one. */
export const onePair = (
  view: View,
  context: DecideContext,
  args: Header & Where & { readonly date: string },
  purpose: Purpose,
): Pair => openPair(openOperation(view, context, args.date), args, args, purpose);

/** What the templates of both sides ask of the header, and whether the date may be used. */
export function checkHeaders({ out, into }: Pair): void {
  checkHeader(out);
  checkHeader(into);
}

/** A lot and its item. */
export interface Source {
  readonly lot: LotRecord;
  readonly item: ItemRecord;
}

/** The lot a reference names. */
export function sourceOf(view: View, ref: LotReference, path: string): Source {
  if (typeof ref === 'string') {
    const lot = view.get('lots', ref);
    if (!lot) throw new LedgerError('lot.notFound', { path, details: { id: ref } });
    return { lot, item: named(view, 'items', lot.item, path) };
  }
  const item = named(view, 'items', ref.item, `${path}.item`);
  const variant = variantOf(item, ref.variant, `${path}.variant`);
  const lot = view.lookup('lots', 'code', [scopeOf(view, item.code, variant), codeKey(ref.code)]);
  if (!lot) throw new LedgerError('lot.notFound', { path: `${path}.code`, details: { code: ref.code } });
  checkSameItem(lot, item, variant, `${path}.code`);
  return { lot, item };
}

/** @throws LedgerError lot.wrongItem where codes are unique in the ledger and this one is of another item */
export function checkSameItem(
  lot: Pick<LotRecord, 'itemKey' | 'variant' | 'item' | 'code'>,
  item: ItemRecord,
  variant: string | null,
  path: string,
): void {
  if (lot.itemKey === item.id && lot.variant === variant) return;
  throw new LedgerError('lot.wrongItem', { path, details: { code: lot.code, item: lot.item } });
}

/** Where a lot lies in the warehouse of a posting. */
export const placesOf = ({ view, world }: Draft, lot: LotRecord) =>
  view
    .range('balances', 'byLot', { prefix: [lot.id, codeKey(world.warehouse.code)] }, stockGuard(lot.item))
    .filter((balance) => balance.onHand > 0);

/**
 * The place a row speaks of: as typed, else as it is known from elsewhere, else the template's.
 * @throws LedgerError location.notFound, location.required
 */
export function placeOf(
  { world }: Draft,
  typed: string | null | undefined,
  known: string | null | undefined,
  path: string,
): string | null {
  const { warehouse, template } = world;
  const location = typed ?? known ?? template.defaultLocation ?? null;
  if (location !== null) return locationIn(warehouse, location, path);
  if ((warehouse.locations?.length ?? 0) === 0) return null;
  throw new LedgerError('location.required', { path, details: { warehouse: warehouse.code } });
}

/** The place something arrives at: as typed, else the template's, else the one it came from. */
export function arrivalOf(
  { out, into }: Pair,
  typed: string | null | undefined,
  from: string | null,
  path: string,
): string | null {
  const stays = into.world.warehouse.id === out.world.warehouse.id;
  const known = into.world.template.defaultLocation ?? (stays ? from : null);
  return placeOf(into, typed, known, path);
}
