/**
 * The dairy's kitchen: raw milk becomes dessert, some of it is sold, some goes to the cold store, some is kept
 * for an order, and a pallet waits in quarantine. One product, followed from the farm to the customer.
 */
import type { Book } from './book.ts';
import { dairyCustomers } from './dairy-goods.ts';
import { addDays } from './days.ts';

const farm = { kind: 'supplier', code: 'S6', name: 'Fattoria Ronchi' } as const;

/** Working days before the end on which each thing happens, or the first working day after them. */
const RECEIVED = 6;
const SOLD = 4;
const KEPT = 2;

export class Kitchen {
  readonly #book: Book;
  readonly #days: number;
  /** What is still to happen, the next one first. */
  readonly #plan: (readonly [day: number, act: () => void])[];

  /** @param days how many days the sample has */
  constructor(book: Book, days: number) {
    this.#book = book;
    this.#days = days;
    this.#plan = [
      [RECEIVED, () => this.#make()],
      [SOLD, () => this.#sell()],
      [KEPT, () => this.#keep()],
    ];
  }

  morning(day: number): void {
    const [next] = this.#plan;
    if (next === undefined || this.#days - day > next[0]) return;
    this.#plan.shift();
    next[1]();
  }

  afternoon(): void {
    // what the kitchen does is done in the morning
  }

  #make(): void {
    const { date } = this.#book;
    this.#book.post(
      {
        ...{ warehouse: 'MAIN', template: 'LOA', party: farm },
        document: { type: 'purchaseDeliveryNote', number: 'FR-2207', date },
        lines: [
          {
            ...{ item: 'MILK-RAW', quantity: '300', location: 'A-02' },
            lots: [{ code: 'auto', quantity: '300', supplierLot: 'T3/2207' }],
          },
        ],
      },
      'g.neri',
    );
    this.#book.post(
      {
        ...{ warehouse: 'MAIN', template: 'MAK' },
        document: { type: 'productionOrder', number: 'PO-1288', date },
        lines: [{ item: 'DESSERT', quantity: '2400', lots: 'auto' }],
      },
      'p.sala',
    );
  }

  #sell(): void {
    const { date } = this.#book;
    const line = { item: 'DESSERT', location: 'B-01', lots: 'auto' as const };
    this.#book.post(
      {
        ...{ warehouse: 'MAIN', template: 'SAL', party: dairyCustomers[2] },
        document: { type: 'salesDeliveryNote', number: 'SO-D31', date },
        lines: [{ ...line, quantity: '600' }],
      },
      'l.bruni',
    );
    this.#book.post({ warehouse: 'MAIN', template: 'TRC', lines: [{ ...line, quantity: '800' }] }, 'g.neri');
    const note = 'Lids not tight, looked at by quality';
    this.#book.post(
      { warehouse: 'MAIN', template: 'QUA', note, lines: [{ ...line, quantity: '120' }] },
      'a.conti',
    );
  }

  #keep(): void {
    this.#book.reserve(
      {
        document: { type: 'salesOrder', number: 'SO-D40' },
        needDate: addDays(this.#book.today, 2),
        party: dairyCustomers[0],
        lines: [{ item: 'DESSERT', warehouse: 'MAIN', location: 'B-01', quantity: '300', lots: 'auto' }],
      },
      'l.bruni',
    );
  }
}
