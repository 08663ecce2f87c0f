/**
 * What a posting speaks of, resolved: warehouse, template, and per line its item, variant, unit
 * and places. References first, then template and warehouse, then date and period: the order in which a
 * posting is refused.
 */
import type { Intent } from '../../model/inputs.ts';
import type { LineInput } from '../../model/posting.ts';
import type { ItemRecord, TemplateRecord, WarehouseRecord } from '../../model/records.ts';
import { LedgerError } from '../../ports/errors.ts';
import { codeKey, templateKey } from '../../ports/keys.ts';
import { type DecideContext, gather, type View } from '../../ports/view.ts';
import { locationIn, named as referenced, unitOf, variantOf } from '../../reading/references.ts';
import type { Factor } from '../../rules/quantities.ts';
import type { Draft } from './draft.ts';
import type { Settings } from './operation.ts';

/** One line with what it refers to. */
export interface LineWorld {
  readonly index: number;
  /** `lines[0]` */
  readonly path: string;
  readonly input: LineInput;
  readonly item: ItemRecord;
  readonly variant: string | null;
  /** Decimals of the item's base unit. */
  readonly decimals: number;
  /** The alternative unit the line is typed in; null for the base unit. */
  readonly factor: (Factor & { readonly code: string }) | null;
  /** Where the line's rows are unless they say; null where there are no locations, or none was named. */
  readonly location: string | null;
  /** A transfer takes it into places that take in what may not be used (R78). */
  readonly intoQuarantine?: boolean;
}

/** Where a posting is made, and what kind it is. */
export interface World {
  readonly warehouse: WarehouseRecord;
  readonly template: TemplateRecord;
  /** The template's; of a reversal the opposite. */
  readonly type: 'load' | 'unload';
  readonly intent: Intent;
}

/** A template as a command names it. */
interface TemplateRef {
  readonly warehouse: string;
  readonly template: string;
}

function templateOf(args: TemplateRef, view: View): TemplateRecord {
  const template = view.get('templates', templateKey(args.warehouse, args.template));
  if (template) return template;
  const details = { warehouse: args.warehouse, template: args.template, code: args.template };
  // only the refusal depends on this range: a template made meanwhile may be tried again
  const elsewhere = view.range('templates', 'byCode', { prefix: [codeKey(args.template)], limit: 1 }, null);
  throw new LedgerError(elsewhere.length > 0 ? 'template.wrongWarehouse' : 'template.notFound', {
    path: 'template',
    details,
  });
}

/** What one line speaks of. `path` is what its refusals begin with. */
export function resolveLine(
  { world, view }: Pick<Draft, 'world' | 'view'>,
  input: LineInput,
  index: number,
  path: string,
): LineWorld {
  if (input.components && !world.template.explodeComponents) {
    const details = { flag: 'components', needs: 'explodeComponents' };
    throw new LedgerError('template.flagNeeds', { path: `${path}.components`, details });
  }
  const item = referenced(view, 'items', input.item, `${path}.item`);
  const location = input.location ?? world.template.defaultLocation ?? null;
  return {
    index,
    path,
    input,
    item,
    variant: variantOf(item, input.variant, `${path}.variant`),
    decimals: item.unit.decimals,
    factor: unitOf(item, input.unit, `${path}.unit`),
    location: location === null ? null : locationIn(world.warehouse, location, `${path}.location`),
  };
}

/** Whether a day lies in the open period and not after today. */
export function checkDate(date: string, settings: Settings, context: DecideContext): void {
  const { openFrom, openTo, closedThrough, allowFutureDates } = settings;
  const early = (openFrom !== null && date < openFrom) || (closedThrough !== null && date <= closedThrough);
  if (early || (openTo !== null && date > openTo)) {
    throw new LedgerError('period.closed', {
      path: 'date',
      details: { date, openFrom, openTo, closedThrough },
    });
  }
  if (date > context.today && !allowFutureDates) {
    throw new LedgerError('posting.futureDate', { path: 'date', details: { date, today: context.today } });
  }
}

/**
 * Warehouse and template of a posting.
 * @throws LedgerError for the first that does not exist or does not fit
 */
export function worldOf(view: View, ref: TemplateRef): World {
  const warehouse = referenced(view, 'warehouses', ref.warehouse, 'warehouse');
  const template = templateOf(ref, view);
  const { type } = template;
  return { warehouse, template, type, intent: template.intent ?? (type === 'unload' ? 'sale' : 'other') };
}

/**
 * What lines speak of.
 * @param prefix what their paths begin with: `''`, or `'counterpart.'`
 * @throws LedgerError for the first thing that does not exist
 */
export const resolveLines = (draft: Draft, inputs: readonly LineInput[], prefix: string): LineWorld[] =>
  gather(inputs, (line, i) => resolveLine(draft, line, i, `${prefix}lines[${i}]`));

/** What is on its way may move on, be counted or be scrapped, and nothing else (R129). */
const leavesTransit: ReadonlySet<Intent> = new Set(['transfer', 'count', 'scrap', 'other']);

/** Refuses to take, or to promise, what is on its way. */
export function checkTransit(
  { warehouse, type, intent }: Pick<World, 'warehouse' | 'type' | 'intent'>,
  path: string,
): void {
  if (warehouse.kind !== 'transit' || type === 'load' || leavesTransit.has(intent)) return;
  throw new LedgerError('stock.inTransit', { path, details: { warehouse: warehouse.code, intent } });
}

/** What a posting's template asks of its header, then the date, then a number set by hand. */
export function checkHeader(draft: Draft): void {
  checkTransit(draft.world, 'template');
  const { header, operation } = draft;
  const { requireDocument, requireParty } = draft.world.template;
  if (requireDocument && !header.document?.number) {
    throw new LedgerError('template.documentRequired', { path: 'document' });
  }
  if (requireParty && !header.party) throw new LedgerError('template.partyRequired', { path: 'party' });
  checkDate(draft.date, operation.settings, draft.context);
  operation.checkNumber(draft);
}

/** What a line tracks here, and the refusals that follow from item and template alone (R20, R54). */
export interface Tracking {
  readonly lots: boolean;
  readonly serials: boolean;
}

const named = (rows: unknown): boolean => rows === 'auto' || (Array.isArray(rows) && rows.length > 0);

/** How a line is tracked. */
export function trackingOf(line: LineWorld, { world, operation }: Draft): Tracking {
  const { item, input, path } = line;
  const details = { item: item.code };
  const hasLots = Boolean(item.lots);
  const hasSerials = Boolean(item.serials);
  if (named(input.lots) && !hasLots) {
    throw new LedgerError('item.notLotManaged', { path: `${path}.lots`, details });
  }
  if (named(input.serials) && !hasSerials) {
    throw new LedgerError('item.notSerialManaged', { path: `${path}.serials`, details });
  }
  const { tracksLots, tracksSerials } = world.template;
  if (hasSerials && (!tracksSerials || !named(input.serials)) && !isZero(input.quantity)) {
    throw new LedgerError('serial.required', { path: `${path}.serials`, details });
  }
  const lots = hasLots && Boolean(tracksLots) && (named(input.lots) || hasSerials);
  // stock without lots is for items without serials: a serial never lies apart from its lot (R26)
  const mustName = operation.settings.lotsRequired || hasSerials || named(input.lots);
  if (hasLots && !lots && mustName && !isZero(input.quantity)) {
    throw new LedgerError('lot.required', { path: `${path}.lots`, details });
  }
  return { lots, serials: hasSerials };
}

/** Whether a quantity as typed is zero. */
export const isZero = (quantity: string): boolean => /^0+(\.0+)?$/.test(quantity);
