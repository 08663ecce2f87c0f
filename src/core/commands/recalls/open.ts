/**
 * `recalls.open`: freezes what a recall covers, the origin and everything ever made of it, blocks it, and
 * releases what was reserved of it (R52, R107).
 */
import * as z from 'zod/mini';
import type { RecallRecord } from '../../model/cases.ts';
import type { Fact, RecallFact } from '../../model/facts.ts';
import { code, maybe, note, read, text } from '../../model/schema.ts';
import { LedgerError } from '../../ports/errors.ts';
import { codeKey, naturalKey } from '../../ports/keys.ts';
import type { CommandDefinition, DecideContext, View } from '../../ports/view.ts';
import { type Reached, reach } from '../../reading/genealogy.ts';
import { meansLot } from '../../reading/recalls.ts';
import { codeOf } from '../../reading/references.ts';
import { releaseAllOf } from '../../reading/reservations.ts';
import { EVERYTHING } from '../../rules/genealogy.ts';
import { supplierLotGuard } from '../../rules/guards.ts';

const MOST = 100_000;
const ids = () => z.optional(z.array(z.string()).check(z.maxLength(MOST, { error: 'limit.lines' })));

const openArgs = z.strictObject({
  code: maybe(code()),
  title: maybe(text()),
  reason: note(1000),
  class: maybe(text(50)),
  lots: ids(),
  serials: ids(),
  supplierLot: maybe(z.strictObject({ supplier: maybe(code()), supplierLot: code(), item: maybe(code()) })),
});
type OpenArgs = z.infer<typeof openArgs>;
type Origin = RecallRecord['origin'];

/** Stock without lots cannot be held back lot by lot, so it cannot be recalled (R53). */
function mustBeTracked(id: string, path: string): void {
  if (id === '' || id.startsWith('i:')) throw new LedgerError('recall.untracked', { path });
}

function named(view: View, collection: 'lots' | 'serials', wanted: readonly string[]): Reached[] {
  return wanted.map((id, i) => {
    const path = `${collection}[${i}]`;
    mustBeTracked(id, path);
    const record = view.get(collection, id);
    if (!record)
      throw new LedgerError(collection === 'lots' ? 'lot.notFound' : 'serial.notFound', {
        path,
        details: { id },
      });
    return { id, kind: collection === 'lots' ? 'lot' : 'serial', item: record.item, depth: 0 };
  });
}

/** Lots received under a supplier's lot. Whoever makes one bumps the guard, so none arrives unseen. */
function received(view: View, supplierLot: Origin['supplierLot']): Reached[] {
  if (!supplierLot) return [];
  // the index is by natural order, in which `A01` and `A1` are one place: the codes themselves decide
  const prefix = [naturalKey(supplierLot.supplierLot)];
  const found = view.range('lots', 'supplierLot', { prefix }, supplierLotGuard(supplierLot.supplierLot));
  return found
    .filter((lot) => meansLot(supplierLot, lot))
    .map(({ id, item }) => ({ id, kind: 'lot', item, depth: 0 }));
}

function supplierLotOf(view: View, { supplierLot }: OpenArgs): Origin['supplierLot'] {
  if (!supplierLot) return null;
  return {
    supplier: supplierLot.supplier ?? null,
    supplierLot: supplierLot.supplierLot,
    item: codeOf(view, 'items', supplierLot.item ?? null, 'supplierLot.item'),
  };
}

/** `RC-2026-001`: the year of today, then the next number of that year. */
function nextCode(view: View, context: DecideContext): string {
  const start = `RC-${context.today.slice(0, 4)}-`;
  // codes are unique: who takes the same one meanwhile is found out by the store, and this decided again
  const taken = view.range('recalls', 'code', { from: naturalKey(start), to: `${naturalKey(start)}~` }, null);
  let last = 0;
  for (const each of taken) {
    // a code given by hand that goes on for ever is nobody's next number
    const rest = each.codeKey.startsWith(codeKey(start)) ? each.code.slice(start.length) : '';
    if (/^\d{1,9}$/.test(rest)) last = Math.max(last, Number(rest));
  }
  return start + String(last + 1).padStart(3, '0');
}

function newCode(view: View, args: OpenArgs, context: DecideContext): string {
  const wanted = args.code ?? nextCode(view, context);
  if (view.lookup('recalls', 'code', [codeKey(wanted)]))
    throw new LedgerError('recall.duplicate', { path: 'code', details: { code: wanted } });
  return wanted;
}

const idsOf = (nodes: readonly Reached[], kind: Reached['kind']): string[] =>
  nodes.filter((node) => node.kind === kind).map((node) => node.id);

function decide(args: OpenArgs, view: View, context: DecideContext): { facts: Fact[] } {
  if (!context.may('recall.open'))
    throw new LedgerError('permission.denied', { details: { action: 'recall.open' } });
  if (!args.reason.trim()) throw new LedgerError('field.required', { path: 'reason' });
  if (!args.lots?.length && !args.serials?.length && !args.supplierLot)
    throw new LedgerError('field.required', { path: 'lots' });
  const supplierLot = supplierLotOf(view, args);
  const roots = [
    ...named(view, 'lots', args.lots ?? []),
    ...named(view, 'serials', args.serials ?? []),
    ...received(view, supplierLot),
  ];
  // every lot and serial of the scope is read, and so expected: whoever ships, splits or consumes one of
  // them meanwhile writes it too, and one of the two is decided again
  const scope = reach(view, roots, 'forward', EVERYTHING, 'decider');
  const [lots, serials] = [idsOf(scope, 'lot'), idsOf(scope, 'serial')];
  const released = releaseAllOf(view, lots, serials);
  const wanted = newCode(view, args, context);
  const recall: RecallFact = {
    id: context.newId(),
    code: wanted,
    codeKey: codeKey(wanted),
    title: args.title ?? null,
    reason: args.reason,
    class: args.class ?? null,
    origin: { lots: idsOf(roots, 'lot'), serials: idsOf(roots, 'serial'), supplierLot },
    supplierLotKey: supplierLot && codeKey(supplierLot.supplierLot),
    lots,
    serials,
    releasedReservations: released.flatMap((fact) => (fact.kind === 'reservationChanged' ? [fact.id] : [])),
    openedOn: context.today,
  };
  return { facts: [{ kind: 'recallOpened', recall }, ...released] };
}

export const openRecall: CommandDefinition<OpenArgs> = {
  name: 'recalls.open@1',
  schema: openArgs,
  parse: (args) => read(openArgs, args),
  decide,
};
