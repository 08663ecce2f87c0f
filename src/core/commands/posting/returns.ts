/**
 * Returns (R61, R81): a line may name the delivery it brings back, or the receipt it sends back. Then only
 * what was delivered there comes back, and no more than is left of it. A customer's return that names none
 * needs a permission and is marked.
 */
import type { PostingLine, PostingRecord, ReturnedRow } from '../../model/records.ts';
import type { ErrorCode } from '../../ports/catalogue.ts';
import { LedgerError } from '../../ports/errors.ts';
import { codeKey } from '../../ports/keys.ts';
import { gather } from '../../ports/view.ts';
import { scopeOf } from '../../reading/codes.ts';
import { formatSteps } from '../../rules/quantities.ts';
import { addReturned, returnable, tradedBy } from '../../rules/returns.ts';
import type { Draft } from './draft.ts';
import type { Rows } from './line-rows.ts';
import { spelledOut } from './returns-auto.ts';
import type { LineWorld } from './world.ts';

const isCustomerReturn = ({ world }: Draft): boolean =>
  world.type === 'load' && world.intent === 'customerReturn';
const isSupplierReturn = ({ world }: Draft): boolean =>
  world.type === 'unload' && world.intent === 'supplierReturn';

/** Loads that brought goods of ours, or moved them about, were not received from anybody. */
const NOT_RECEIVED: ReadonlySet<string> = new Set(['customerReturn', 'transfer', 'count']);

/** Whether a posting is what such a return can bring back: a delivery to a party, or a receipt. */
function canComeBack(draft: Draft, { type, intent, party, reverses }: PostingRecord): boolean {
  if (reverses !== null) return false;
  if (isCustomerReturn(draft)) return type === 'unload' && party !== null;
  return type === 'load' && !NOT_RECEIVED.has(intent);
}

/** The same one; a return that names nobody is from whom it was delivered to, and a posting has one party. */
function isSameParty(draft: Draft, { party }: PostingRecord): boolean {
  const given = draft.header.party ?? draft.from;
  if (!given || !party) return true;
  return given.kind === party.kind && codeKey(given.code) === codeKey(party.code);
}

function namedLine(draft: Draft, line: LineWorld): { posting: PostingRecord; origin: PostingLine } | null {
  const { returns } = line.input;
  if (!returns) return null;
  const path = `${line.path}.returns`;
  const refuse = (code: ErrorCode, at: string, details: Record<string, unknown>): never => {
    throw new LedgerError(code, { path: at, details });
  };
  const { intent } = draft.world;
  if (!isCustomerReturn(draft) && !isSupplierReturn(draft)) refuse('return.wrongTemplate', path, { intent });
  const posting = draft.view.get('postings', returns.posting);
  if (!posting) return refuse('posting.notFound', `${path}.posting`, { id: returns.posting });
  const origin = posting.lines.find((each) => each.id === returns.line);
  if (!origin) return refuse('posting.lineNotFound', `${path}.line`, { line: returns.line });
  const { id, date, party } = posting;
  if (!canComeBack(draft, posting)) refuse('return.notDelivery', `${path}.posting`, { posting: id });
  if (origin.reversedBy !== null) refuse('posting.alreadyReversed', `${path}.line`, { line: origin.id });
  if (codeKey(origin.item) !== line.item.id || origin.variant !== line.variant)
    refuse('return.wrongItem', `${path}.line`, { item: origin.item, variant: origin.variant });
  if (date > draft.date) refuse('return.beforeDelivery', 'date', { date });
  if (!isSameParty(draft, posting)) refuse('return.wrongParty', 'party.code', { party: party?.code ?? null });
  return { posting, origin };
}

/** What came back of a line so far, with what this posting brings and without what it is made instead of. */
function returnedSoFar(draft: Draft, origin: PostingLine): ReturnedRow[] {
  let rows = [...origin.returned];
  for (const { returns, ...line } of draft.lines)
    if (returns?.line === origin.id) rows = addReturned(rows, line);
  const { replaces } = draft;
  return replaces?.returns?.line === origin.id ? addReturned(rows, replaces, -1) : rows;
}

/** Lots that were not delivered are refused before anything is made of them. */
function checkLots(draft: Draft, line: LineWorld, origin: PostingLine): void {
  const { lots } = line.input;
  if (!Array.isArray(lots)) return;
  const scope = scopeOf(draft.view, line.item.code, line.variant);
  gather(lots, ({ code }, i) => {
    if (!code) return;
    const lot = draft.operation.lot(scope, codeKey(code));
    if (origin.lots.some((row) => row.lot === lot?.id)) return;
    throw new LedgerError('return.lotNotDelivered', {
      path: `${line.path}.lots[${i}].code`,
      details: { code },
    });
  });
}

/**
 * A line as it is to be taken: of a return, with what it names checked and `'auto'` spelled out.
 * @throws LedgerError return.* for a delivery that is not there or does not fit
 */
function returnLine(draft: Draft, line: LineWorld, total: number): LineWorld {
  const found = namedLine(draft, line);
  if (found) {
    const spelled = spelledOut(line, found.origin, returnedSoFar(draft, found.origin), total);
    checkLots(draft, spelled, found.origin);
    if (!draft.header.party) draft.from = found.posting.party;
    return spelled;
  }
  // one that was accepted so stays so when it is corrected
  if (isCustomerReturn(draft) && draft.replaces === null) {
    const { context } = draft;
    if (!context.may('return.unverified') || !context.force?.reason?.trim())
      throw new LedgerError('return.unverified', { path: `${line.path}.returns` });
    draft.unverified = true;
  }
  return line;
}

/** Lines of a posting as they are to be taken: see `returnLine`. Most postings are no return. */
export function asReturns<M extends { readonly line: LineWorld; readonly total: number }>(
  draft: Draft,
  lines: readonly M[],
): readonly M[] {
  if (!isCustomerReturn(draft) && !lines.some(({ line }) => line.input.returns)) return lines;
  return gather(lines, (each) => ({ ...each, line: returnLine(draft, each.line, each.total) }));
}

/** Where a lot or serial of a line is named. */
function pathOf(line: LineWorld, code: string | null, kind: 'lots' | 'serials'): string {
  const rows: readonly { code?: string | null | undefined }[] = Array.isArray(line.input[kind])
    ? line.input[kind]
    : [];
  const at = code === null ? -1 : rows.findIndex((row) => row.code && codeKey(row.code) === codeKey(code));
  const list = `${line.path}.${kind}`;
  if (at < 0) return code === null ? `${line.path}.quantity` : list;
  return kind === 'lots' ? `${list}[${at}].quantity` : `${list}[${at}]`;
}

/**
 * Whether what a line takes is what was delivered, and no more than is left of it.
 * @throws LedgerError return.lotNotDelivered, return.tooMuch
 */
export function checkReturned(draft: Draft, line: LineWorld, rows: Rows, total: number): void {
  const origin = namedLine(draft, line)?.origin;
  if (!origin) return;
  const rest = returnable(origin, returnedSoFar(draft, origin));
  const { decimals } = line;
  const show = (steps: number): string => formatSteps(steps, decimals);
  for (const what of tradedBy({ ...rows, quantity: total, decimals })) {
    const { delivered, returned, left } = rest(what);
    if (delivered > 0 && what.quantity <= left) continue;
    const named = what.serial === null ? rows.lots : rows.serials;
    const isMeant = (row: (typeof named)[number]): boolean =>
      'serial' in row ? row.serial === what.serial : row.lot === what.lot;
    const code = named.find(isMeant)?.code ?? null;
    const path = pathOf(line, code, what.serial === null ? 'lots' : 'serials');
    if (delivered === 0) throw new LedgerError('return.lotNotDelivered', { path, details: { code } });
    const details = { code, delivered: show(delivered), returned: show(returned), left: show(left) };
    throw new LedgerError('return.tooMuch', { path, details });
  }
}
