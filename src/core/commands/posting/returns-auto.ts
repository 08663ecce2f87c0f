/**
 * `'auto'` on a linked return (R81): what is left of the line it names, spelled out. All of it comes back, or
 * the only lot there was; which of several is for the host to say.
 */
import type { LineInput, LotRowInput, SerialRowInput } from '../../model/posting.ts';
import type { PostingLine, ReturnedRow } from '../../model/records.ts';
import type { ErrorCode } from '../../ports/catalogue.ts';
import { LedgerError } from '../../ports/errors.ts';
import { codeKey } from '../../ports/keys.ts';
import { formatSteps } from '../../rules/quantities.ts';
import { returnable, tradedBy } from '../../rules/returns.ts';
import type { LineWorld } from './world.ts';

/** What is left of a line: steps by lot, and its pieces. */
interface Left {
  readonly lots: ReadonlyMap<string | null, number>;
  readonly pieces: ReadonlySet<string | null>;
  readonly steps: number;
}

function leftOf(origin: PostingLine, returned: readonly ReturnedRow[]): Left {
  const rest = returnable(origin, returned);
  const all = tradedBy(origin).map((row) => ({ ...row, steps: rest(row).left }));
  const left = all.filter(({ steps }) => steps > 0);
  const pieces = new Set(left.filter(({ serial }) => serial !== null).map(({ serial }) => serial));
  const lots = left.filter(({ serial }) => serial === null);
  const inLots = lots.reduce((sum, { steps }) => sum + steps, 0);
  return {
    lots: new Map(lots.map(({ lot, steps }) => [lot, steps])),
    pieces,
    steps: origin.serials.length > 0 ? pieces.size * 10 ** origin.decimals : inLots,
  };
}

const unclear = (line: LineWorld, code: ErrorCode, field: string): LedgerError =>
  new LedgerError(code, { path: `${line.path}.${field}`, details: { item: line.item.code } });

/** The pieces that are named, or all that are left, each with the lot it was delivered with. */
function piecesBack(line: LineWorld, origin: PostingLine, left: Left, total: number): LineInput {
  const { input } = line;
  const lots = new Map(origin.serials.map((row) => [codeKey(row.code), row.lotCode]));
  let rows: readonly SerialRowInput[] = input.serials === 'auto' ? [] : (input.serials ?? []);
  if (input.serials === 'auto') {
    if (left.steps !== total) throw unclear(line, 'serial.required', 'serials');
    rows = origin.serials.filter((row) => left.pieces.has(row.serial)).map(({ code }) => ({ code }));
  }
  const serials = rows.map((row) =>
    row.code ? { ...row, lot: row.lot ?? lots.get(codeKey(row.code)) } : row,
  );
  return { ...input, serials, lots: input.lots === 'auto' ? undefined : input.lots };
}

/** The only lot that is left, or all of them. */
function lotsBack(line: LineWorld, origin: PostingLine, left: Left, total: number): LineInput {
  const { input, decimals, factor } = line;
  const codes = new Map(origin.lots.map((row): [string | null, string] => [row.lot, row.code]));
  const [only] = left.lots.keys();
  if (only && left.lots.size === 1)
    return { ...input, lots: [{ code: codes.get(only), quantity: input.quantity }] };
  if (left.steps !== total || factor !== null) throw unclear(line, 'lot.required', 'lots');
  const rowOf = ([lot, steps]: [string | null, number]): LotRowInput => ({
    code: codes.get(lot),
    quantity: formatSteps(steps, decimals),
  });
  return { ...input, lots: [...left.lots].map(rowOf) };
}

/**
 * A line of a return with `'auto'` spelled out; other lines as they are.
 * @throws LedgerError return.tooMuch; lot.required or serial.required where it is not clear what comes back
 */
export function spelledOut(
  line: LineWorld,
  origin: PostingLine,
  returned: readonly ReturnedRow[],
  total: number,
): LineWorld {
  const { input, decimals } = line;
  if (input.lots !== 'auto' && input.serials !== 'auto') return line;
  const left = leftOf(origin, returned);
  if (left.steps < total) {
    const show = (steps: number): string => formatSteps(steps, decimals);
    throw new LedgerError('return.tooMuch', {
      path: `${line.path}.quantity`,
      details: {
        code: null,
        delivered: show(origin.quantity),
        returned: show(origin.quantity - left.steps),
        left: show(left.steps),
      },
    });
  }
  const back = origin.serials.length > 0 ? piecesBack : lotsBack;
  return { ...line, input: back(line, origin, left, total) };
}
