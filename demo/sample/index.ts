/**
 * Fills an empty ledger with a quarter of a year of three trades: dairy in lots, electronics by serial
 * number, pharma with both. The script lives through the days one after the other under a clock of its
 * own, so that the journal, the histories and "as of" read as they would after real use. The same seed
 * gives the same sample; only its dates move with the day it is made on.
 */
import { type Ledger, openLedger, type StoreAdapter } from 'lotledger';
import { Book } from './book.ts';
import { Dairy } from './dairy.ts';
import { dairyItems } from './dairy-goods.ts';
import { addDays, localDate, momentOf, weekday } from './days.ts';
import { Electronics, electronicsItems } from './electronics.ts';
import { Kitchen } from './kitchen.ts';
import { codeTypes, lotStatuses, templates, warehouses } from './masters.ts';
import { Pharma, pharmaItems } from './pharma.ts';
import { randomFrom } from './random.ts';

const SEED = 20_261_122;
const DAYS = 84;
const MORNING = 8;
const AFTERNOON = 15;

/** The first item carries the day of the sample and whether it is complete. */
const MARK = dairyItems[0]?.code ?? '';

/** What a first look at a ledger finds: nothing, a sample that was cut off, or something to leave alone. */
async function sampleDay(ledger: Ledger, today: string): Promise<string | undefined> {
  if (ledger.status().seq === 0) return today;
  const marked = await ledger.items.list({ search: MARK, limit: 5 });
  const { sampleDay: day, sampleDone: done } =
    marked.items.find(({ code }) => code === MARK)?.attributes ?? {};
  return typeof day === 'string' && done !== true ? day : undefined;
}

/** Sends the master data in the order in which it refers to itself. */
async function makeMasters(book: Book): Promise<void> {
  const [first, ...others] = [...dairyItems, ...electronicsItems, ...pharmaItems];
  for (const input of codeTypes) book.make((ledger, options) => ledger.codeTypes.create(input, options));
  for (const input of lotStatuses) book.make((ledger, options) => ledger.lotStatuses.create(input, options));
  for (const input of warehouses) book.make((ledger, options) => ledger.warehouses.create(input, options));
  for (const input of templates) book.make((ledger, options) => ledger.templates.create(input, options));
  if (first) {
    const input = { ...first, attributes: { sampleDay: book.today } };
    book.make((ledger, options) => ledger.items.create(input, options));
  }
  for (const input of others) book.make((ledger, options) => ledger.items.create(input, options));
  await book.round();
}

export interface SampleOptions {
  /** The last day of the sample; this machine's today unless said. */
  readonly today?: string;
  /** Hears how far it is, from 0 to 1. */
  readonly progress?: (share: number) => void;
}

/**
 * Fills a ledger that is empty, or whose filling was cut off; leaves every other one as it is.
 * @returns whether something was written
 * @example await fillSample(indexedDb('portal'));
 */
export async function fillSample(adapter: StoreAdapter, options: SampleOptions = {}): Promise<boolean> {
  const real = new Date();
  let time = real;
  // no entry may be recorded later than now, whatever the hour of the sample's last day
  const now = (): Date => (time < real ? time : real);
  const ledger = await openLedger(adapter, { actor: 'system', now });
  try {
    const today = await sampleDay(ledger, options.today ?? localDate(real));
    if (today === undefined) return false;
    const book = new Book(ledger, randomFrom(SEED), today, `sample-${today}`);
    time = momentOf(addDays(today, -DAYS), MORNING - 1);
    await makeMasters(book);
    const trades = [new Dairy(book), new Electronics(book), new Pharma(book), new Kitchen(book, DAYS)];
    for (let day = 0; day <= DAYS; day++) {
      book.date = addDays(today, day - DAYS);
      // nobody works on a Sunday
      if (weekday(book.date) === 0) continue;
      time = momentOf(book.date, MORNING, book.random.between(0, 59));
      for (const trade of trades) trade.morning(day);
      await book.round();
      time = momentOf(book.date, AFTERNOON, book.random.between(0, 59));
      for (const trade of trades) trade.afternoon(day);
      await book.round();
      options.progress?.(day / DAYS);
    }
    const attributes = { sampleDay: today, sampleDone: true };
    book.make((open, how) => open.items.update(MARK, { attributes }, how));
    await book.round();
    return true;
  } finally {
    await ledger.close();
  }
}
