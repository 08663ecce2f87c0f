/** Holds everything against everything when a phase is over: journal, clerks, plain sums, both servers, proof. */
import { isDeepStrictEqual } from 'node:util';
import { rest } from '../../src/adapters/ledgers/rest/index.ts';
import { type Ledger, openLedger } from '../../src/core/index.ts';
import { type Book, type Sum, standing } from './book.ts';
import type { Fleet } from './fleet.ts';
import type { Listener } from './listener.ts';
import { DAYS, ITEM } from './words.ts';

/** A server spoken to without anything in between. */
const straight = (url: string): Promise<Ledger> =>
  openLedger(rest(url, { headers: { authorization: 'Bearer auditor' }, timeout: 120_000 }));

/** What a server says of the lots: as they are, and at the end of each day. */
async function saidBy({ lots }: Ledger) {
  const asked = { filter: { item: ITEM, state: 'all' }, sort: ['code'], limit: 100 } as const;
  const { items: now } = await lots.list(asked);
  const days = [];
  for (const asOf of DAYS) days.push((await lots.list({ ...asked, asOf })).items);
  return { now, days };
}

/** Holds what the servers say of the lots against each other and against plain sums. */
async function compareLots(
  ledgers: readonly Ledger[],
  sums: ReadonlyMap<string, Sum>,
  book: Book,
): Promise<void> {
  const [first, ...others] = await Promise.all(ledgers.map(saidBy));
  if (others.some((other) => !isDeepStrictEqual(first, other)))
    book.violations.push(`the servers do not say the same: ${JSON.stringify([first, ...others])}`);
  for (const [code, sum] of sums) {
    const lot = first?.now.find((each) => each.code === code);
    const here = standing(sum);
    const onHand = here.at(-1) as number;
    const expected = [onHand, sum.reserved, onHand - sum.reserved, ...here];
    const days = first?.days.map((lots) => lots.find((each) => each.code === code)?.onHand) ?? [];
    const said = [lot?.onHand, lot?.reserved, lot?.available, ...days].map(Number);
    if (!isDeepStrictEqual(said, expected))
      book.violations.push(
        `${code}: on hand, reserved, available, day by day are ${said}; in plain sums ${expected}`,
      );
  }
}

/** What is wrong is noted in the book; answers how many entries there are. */
export async function checkAll(book: Book, fleet: Fleet, listener: Listener): Promise<number> {
  const entries = await fleet.journal();
  const sums = book.compare(entries);
  await listener.reaches(entries.length);
  const urls = Array.from({ length: fleet.size }, (_, i) => fleet.url(i));
  const ledgers = await Promise.all(urls.map(straight));
  try {
    await compareLots(ledgers, sums, book);
    const heads = await Promise.all(ledgers.map((ledger) => ledger.head()));
    if (heads.some(({ seq, head }) => seq !== entries.length || head !== heads[0]?.head))
      book.violations.push(`the heads are ${JSON.stringify(heads)}, the journal has ${entries.length}`);
    const proof = await ledgers[0]?.verify();
    if (proof?.ok !== true || proof.entries !== entries.length)
      book.violations.push(`verify says ${JSON.stringify(proof)}`);
  } finally {
    await Promise.all(ledgers.map((ledger) => ledger.close()));
  }
  book.violations.push(...fleet.failures.splice(0));
  return entries.length;
}
