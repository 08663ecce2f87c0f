/**
 * The lines of a count, resolved and put together: one part per item and place, with what was found there.
 * Nothing is counted twice, so that two lines of one place may each name some of its lots.
 */
import type { CountLineInput } from '../../model/count.ts';
import type { LotRecord } from '../../model/records.ts';
import { LedgerError } from '../../ports/errors.ts';
import { bucketKey, codeKey, US } from '../../ports/keys.ts';
import { gather, type View } from '../../ports/view.ts';
import { scopeOf } from '../../reading/codes.ts';
import { convert, toSteps } from '../../rules/quantities.ts';
import { placeFor } from '../posting/load.ts';
import { type LineWorld, resolveLine, type World } from '../posting/world.ts';

/** A quantity that was counted, in steps; null where the pieces say it. */
export interface Counted {
  readonly steps: number | null;
  readonly path: string;
}

/** A code that was read, or looked for. */
export interface Listed {
  readonly code: string;
  readonly path: string;
}

/** All that was counted of one item at one place. */
export interface Part {
  readonly line: LineWorld;
  readonly location: string | null;
  /** By the id of the lot. */
  readonly lots: Map<string, Counted & { readonly lot: LotRecord }>;
  bare: Counted | null;
  readonly found: Listed[];
  readonly missing: Listed[];
  complete: boolean;
}

function countedSteps(line: LineWorld, typed: string, path: string): number {
  const { factor, decimals } = line;
  const answer = factor === null ? toSteps(typed, decimals) : convert(typed, factor, decimals);
  if (typeof answer === 'string') throw new LedgerError(answer, { path, details: { decimals } });
  return typeof answer === 'number' ? answer : answer.steps;
}

/** What a line names must be how its item is tracked. */
function checkTracking({ item, path }: LineWorld, input: CountLineInput): void {
  const { lots = [], counted, serials = [], missing = [], complete } = input;
  const details = { item: item.code };
  const isCounted = counted !== undefined && counted !== null;
  const refuse = (
    code: 'item.notLotManaged' | 'item.notSerialManaged' | 'serial.required',
    field: string,
  ) => {
    throw new LedgerError(code, { path: `${path}.${field}`, details });
  };
  if (lots.length > 0 && !item.lots) refuse('item.notLotManaged', 'lots');
  if (serials.length > 0 && !item.serials) refuse('item.notSerialManaged', 'serials');
  if (missing.length > 0 && !item.serials) refuse('item.notSerialManaged', 'missing');
  if (isCounted && item.serials) refuse('serial.required', 'serials');
  if (lots.length + serials.length + missing.length > 0 || isCounted || complete) return;
  throw new LedgerError('field.required', {
    path: `${path}.${item.serials ? 'serials' : item.lots ? 'lots' : 'counted'}`,
  });
}

/** A lot that was counted; one that is not in the books cannot be put right by a count. */
function lotOf(view: View, line: LineWorld, code: string, path: string): LotRecord {
  const lot = view.lookup('lots', 'code', [scopeOf(view, line.item.code, line.variant), codeKey(code)]);
  if (!lot) throw new LedgerError('lot.notFound', { path, details: { code } });
  if (lot.itemKey === line.item.id && lot.variant === line.variant) return lot;
  throw new LedgerError('lot.wrongItem', { path, details: { code: lot.code, item: lot.item } });
}

function addLots(view: View, part: Part, line: LineWorld, input: CountLineInput): void {
  gather(input.lots ?? [], ({ code, counted }, i) => {
    const path = `${line.path}.lots[${i}]`;
    const lot = lotOf(view, line, code, `${path}.code`);
    if (part.lots.has(lot.id))
      throw new LedgerError('lot.repeatedRow', { path: `${path}.code`, details: { code: lot.code } });
    const at = `${path}.counted`;
    const typed = counted ?? null;
    if (typed === null && !line.item.serials) throw new LedgerError('field.required', { path: at });
    part.lots.set(lot.id, { lot, steps: typed === null ? null : countedSteps(line, typed, at), path: at });
  });
}

function addBare(part: Part, line: LineWorld, { counted }: CountLineInput): void {
  if (counted === undefined || counted === null) return;
  const path = `${line.path}.counted`;
  if (part.bare) throw new LedgerError('field.repeated', { path, details: { value: line.item.code } });
  part.bare = { steps: countedSteps(line, counted, path), path };
}

function addPieces(part: Part, line: LineWorld, input: CountLineInput, seen: Set<string>): void {
  const scope = bucketKey(line.item.code, line.variant);
  for (const field of ['serials', 'missing'] as const) {
    for (const [i, code] of (input[field] ?? []).entries()) {
      const path = `${line.path}.${field}[${i}]`;
      const key = scope + US + codeKey(code);
      if (seen.has(key)) throw new LedgerError('serial.repeated', { path, details: { code } });
      seen.add(key);
      (field === 'serials' ? part.found : part.missing).push({ code, path });
    }
  }
}

/**
 * What was counted, by item and place.
 * @throws LedgerError for the first thing that does not exist, or stands twice
 */
export function partsOf(view: View, world: World, inputs: readonly CountLineInput[]): Part[] {
  const lines = gather(inputs, (input, i) => {
    const { item, variant, location, unit } = input;
    return resolveLine({ view, world }, { item, variant, location, unit, quantity: '0' }, i, `lines[${i}]`);
  });
  const parts = new Map<string, Part>();
  const seen = new Set<string>();
  gather(lines, (line) => {
    const input = inputs[line.index] as CountLineInput;
    checkTracking(line, input);
    const location = placeFor({ world }, line, null, `${line.path}.location`);
    const key = bucketKey(line.item.code, line.variant) + US + (location ?? '');
    const part = parts.get(key) ?? {
      line: { ...line, factor: null },
      location,
      lots: new Map(),
      bare: null,
      found: [],
      missing: [],
      complete: false,
    };
    parts.set(key, part);
    addLots(view, part, line, input);
    addBare(part, line, input);
    addPieces(part, line, input, seen);
    if (input.complete) part.complete = true;
  });
  return [...parts.values()];
}
