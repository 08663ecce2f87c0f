/**
 * The same stock in memory and in IndexedDB, and the same questions to both, to IndexedDB opened again, and
 * to a client behind a wire: what one answers otherwise is told.
 */
import { indexedDb } from '../../../src/adapters/stores/indexeddb/index.ts';
import { memory } from '../../../src/adapters/stores/memory/index.ts';
import { type Ledger, openLedger } from '../../../src/core/index.ts';
import { fakeRemote } from '../../../src/testing/index.ts';
import { ask, type Question, randomQuestion } from '../../core/queries/asking/questions.ts';
import { NOW, Stock } from '../../core/queries/asking/stock.ts';
import { Chance } from '../../judge/chance.ts';

type Answer = { readonly next?: string };

/** Every page of an answer, with its cursors. */
async function answered(ledger: Ledger, question: Question, cursor?: string): Promise<Answer[]> {
  const { skip: _skip, ...rest } = question.query as { skip?: number };
  const asked = cursor === undefined ? question : ({ ...question, query: { ...rest, cursor } } as Question);
  const page = (await ask(ledger, asked)) as Answer;
  return page.next === undefined ? [page] : [page, ...(await answered(ledger, question, page.next))];
}

const reopened = (name: string): Promise<Ledger> =>
  openLedger(indexedDb(name), { actor: 'maria', timeZone: 'Europe/Rome', now: () => new Date(NOW) });

interface Agreed {
  readonly questions: number;
  readonly pages: number;
  /** The first question that was answered in two ways. */
  readonly differs?: string;
}

async function agree(seed: number, lots: number, count: number): Promise<Agreed> {
  const name = `questions-${seed}`;
  const near = await Stock.made(memory(), new Chance(seed), lots);
  const far = await Stock.made(indexedDb(name), new Chance(seed), lots);
  const remote = await openLedger(fakeRemote(near.ledger));
  const others: Record<string, Ledger> = { IndexedDB: far.ledger, 'the wire': remote };
  const chance = new Chance(seed + 1);
  let pages = 0;
  for (let n = 0; n < count; n++) {
    if (n === Math.floor(count / 2)) {
      await far.ledger.close();
      others.IndexedDB = await reopened(name);
    } else if (n < count / 2 && n % 5 === 0) {
      // both change in the same way
      await near.change();
      await far.change();
    }
    const question = randomQuestion(chance, near.ledger);
    const first = await answered(near.ledger, question);
    pages += first.length;
    for (const [who, ledger] of Object.entries(others)) {
      const second = await answered(ledger, question);
      if (JSON.stringify(first) !== JSON.stringify(second))
        return { questions: n, pages, differs: `${who}: ${JSON.stringify(question)}` };
    }
  }
  await Promise.all([near.ledger.close(), others.IndexedDB?.close(), remote.close()]);
  return { questions: count, pages };
}

Object.assign(window, { tests: { agree } });
