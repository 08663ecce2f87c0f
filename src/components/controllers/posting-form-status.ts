/**
 * How far a line is: what is needed, what is given, what remains. Sums and counts only; whether a line may be
 * posted is asked of the ledger.
 */
import type { Item } from '../core.ts';
import { type Parsed, parseQuantity } from '../i18n/parse.ts';
import { minus, signOf, sumOf } from './lot-view-amounts.ts';
import type { LineDraft, LotRow, TemplateTerms } from './posting-form-draft.ts';

/** Needed, given and what remains, in the line's unit; a negative rest is too many. */
export interface Meter {
  readonly needed: string;
  readonly given: string;
  readonly remaining: string;
}

export interface LineStatus {
  readonly lots: boolean;
  readonly serials: boolean;
  readonly quantity: Parsed;
  readonly lotMeter: Meter | undefined;
  readonly serialMeter: Meter | undefined;
  /** Rows that cannot be read, or lack a code or a quantity. */
  readonly badRows: number;
  /** The ledger is being asked what an automatic unload would find. */
  readonly waiting: boolean;
  /** Nothing is left to type: it can be shown to the ledger. */
  readonly complete: boolean;
}

/** Pieces in a quantity of a unit of the item; null where it is no whole number. */
export function piecesOf(quantity: string, unit: string, item: Item): string | null {
  const factor = item.alternativeUnits.find(({ code }) => code === unit);
  const { num, den } = factor ?? { num: 1, den: 1 };
  const decimals = quantity.split('.')[1]?.length ?? 0;
  const steps = BigInt(quantity.replace('.', '')) * BigInt(num);
  const scale = BigInt(den) * 10n ** BigInt(decimals);
  return steps % scale === 0n ? (steps / scale).toString() : null;
}

/** A quantity of a unit in the item's own, where that is exact with six decimals; else null. */
export function inBase(quantity: string, unit: string, item: Item): string | null {
  if (unit === '' || unit === item.unit.code) return quantity;
  const millionths = piecesOf(`${quantity}${quantity.includes('.') ? '' : '.'}000000`, unit, item);
  const exact = piecesOf(quantity, unit, item);
  if (exact !== null) return exact;
  if (millionths === null) return null;
  const digits = millionths.padStart(7, '0');
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`.replace(/\.?0+$/, '');
}

const meterOf = (needed: string, given: string): Meter => ({
  needed,
  given,
  remaining: minus(needed, given),
});

/** The quantity of a row as a value; '0' while it cannot be read. */
export function rowQuantity(row: LotRow, locale: string): string {
  const parsed = parseQuantity(row.quantity, locale);
  return parsed.ok ? parsed.value : '0';
}

const isEmpty = (row: LotRow): boolean =>
  row.code.trim() === '' && row.quantity.trim() === '' && row.expiry.value === '' && !row.expiry.text;

/** Rows that say something. */
export const filledRows = (rows: readonly LotRow[]): LotRow[] => rows.filter((row) => !isEmpty(row));

function isBad(row: LotRow, locale: string): boolean {
  return (
    row.code.trim() === '' || !parseQuantity(row.quantity, locale).ok || (row.expiry.text ?? '').trim() !== ''
  );
}

/** Whether lots of this line are named row by row. */
export function namesLots(
  line: LineDraft,
  status: Pick<LineStatus, 'lots' | 'serials'>,
  load: boolean,
): boolean {
  if (!status.lots || line.lotsMode === 'auto') return false;
  // on an unload the serials that go name their lots themselves
  return load || !status.serials || line.serialsMode === 'auto';
}

/** How far a line is. */
export function statusOf(
  line: LineDraft,
  o: {
    readonly template: TemplateTerms | undefined;
    readonly locale: string;
    /** Serials that are named and that nothing speaks against. */
    readonly given: number;
    /** What an automatic unload cannot find, in the line's unit; undefined while that is being asked. */
    readonly shortage: string | undefined;
  },
): LineStatus {
  const { template, locale } = o;
  const load = template?.type === 'load';
  const lots = Boolean(line.item.lots) && template?.tracksLots === true;
  const serials = Boolean(line.item.serials) && template?.tracksSerials === true;
  const quantity = parseQuantity(line.quantity, locale);
  const needed = quantity.ok ? quantity.value : '0';
  const named = namesLots(line, { lots, serials }, load);
  const rows = filledRows(line.rows);
  const badRows = named ? rows.filter((row) => isBad(row, locale)).length : 0;
  const given = named ? sumOf(rows.map((row) => rowQuantity(row, locale))) : minus(needed, o.shortage ?? '0');
  const followed = lots && serials && !load && line.serialsMode === 'typed';
  const lotMeter = lots && !followed ? meterOf(needed, given) : undefined;
  const pieces = quantity.ok ? piecesOf(quantity.value, line.unit, line.item) : null;
  const count = line.serialsMode === 'auto' ? (pieces ?? '0') : String(o.given);
  const serialMeter = serials ? meterOf(pieces ?? '0', count) : undefined;
  const met = (meter: Meter | undefined) => meter === undefined || signOf(meter.remaining) === 0;
  const waiting = lots && !followed && quantity.ok && !named && o.shortage === undefined;
  const complete =
    quantity.ok && badRows === 0 && met(lotMeter) && met(serialMeter) && template !== undefined;
  return { lots, serials, quantity, lotMeter, serialMeter, badRows, waiting, complete: complete && !waiting };
}
