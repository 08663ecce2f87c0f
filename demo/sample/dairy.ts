/**
 * Dairy: lots with short lives, first expired first out, in pieces and in kilograms with three decimals.
 * Some stock is blocked, some stands forgotten in the back row until it has expired.
 */
import type { Book, LineInput, Posting, PostingInput } from './book.ts';
import { dairyCustomers, dairySuppliers, type Supply, supplies } from './dairy-goods.ts';
import { addDays, weekday } from './days.ts';
import { quantityOf, Shelf } from './shelf.ts';

/** Pieces come by the layer of a pallet. */
const LAYER = 80;
/** A sale on this day of the sample is taken back on the next. */
const WRONG_SALE_ON = 40;

const findings = [
  ['MILK', 'BLOCKED', 'Cold chain log missing'],
  ['RICOTTA', 'QUARANTINE', 'Waiting for the listeria test'],
  ['CREAM-35', 'BLOCKED', 'Foreign smell, sample sent to the lab'],
  ['YOG-NAT', 'QUARANTINE', 'Waiting for the lab'],
  ['CULT-02', 'BLOCKED', 'Thawed on the way'],
  ['PARM-24', 'RESTRICTED', 'Rind marked, for processing only'],
  ['MOZZ-BUF', 'QUARANTINE', 'Label checked again'],
] as const;

export class Dairy {
  readonly #book: Book;
  readonly #shelves: ReadonlyMap<string, Shelf>;
  #note = 4450;
  #order = 2100;
  #vendorLot = 17;
  #wrong: Posting | undefined;

  constructor(book: Book) {
    this.#book = book;
    this.#shelves = new Map(
      supplies.map(({ item, location, decimals }) => [item, new Shelf(item, location, decimals)]),
    );
  }

  #shelf(item: string): Shelf {
    return this.#shelves.get(item) as Shelf;
  }

  /** What arrives on the day, and what quality decides. */
  morning(day: number): void {
    for (const [i, supply] of supplies.entries()) {
      if ((day + i) % supply.everyDays === 0) this.#supply(supply, day);
    }
    if (day % 25 === 5) this.#crates();
    if (day % 8 === 4) this.#find(day);
    if (day % 19 === 12) this.#keep();
    if (this.#wrong !== undefined) {
      this.#book.reverse(this.#wrong.id, 'Wrong customer', 'g.neri');
      this.#wrong = undefined;
    }
  }

  /** What leaves on the day. */
  afternoon(day: number): void {
    const { random, date } = this.#book;
    for (let i = random.between(2, 4); i > 0; i--) this.#sell(day);
    if (weekday(date) === 1) this.#scrap();
    if (weekday(date) === 4) this.#transfer();
  }

  #supply(supply: Supply, day: number): void {
    const { random, date } = this.#book;
    const { item, decimals, from, warehouse } = supply;
    const amount = random.between(...supply.amount);
    const steps = decimals === 0 ? amount * LAYER : amount * 1000 + random.between(0, 19) * 50;
    const quantity = quantityOf(steps, decimals);
    // now and then a pallet goes to the back row, where nobody picks
    const forgotten = warehouse === 'MAIN' && supply.typed === undefined && random.once(6);
    const location = forgotten ? 'B-02' : supply.location;
    const note = `DN-${++this.#note}`;
    const lots = this.#rows(supply, quantity);
    const source: Partial<PostingInput> = from
      ? { party: dairySuppliers[from], document: { type: 'purchaseDeliveryNote', number: note, date } }
      : { document: { type: 'productionReport', number: `PR-${1200 + day}`, date } };
    this.#book.post(
      { warehouse, template: from ? 'LOA' : 'PRO', ...source, lines: [{ item, quantity, location, lots }] },
      from ? 'g.neri' : 'p.sala',
      (posting) => this.#arrived(posting, supply, note),
    );
  }

  /** Puts it on the shelf; what a lot coded here is called elsewhere is noted on it. */
  #arrived({ lines }: Posting, { item, from, typed }: Supply, supplierLot: string): void {
    for (const line of lines) {
      this.#shelf(item).add(line);
      if (from === undefined || typed !== undefined) continue;
      const manufacturer = dairySuppliers[from].name;
      for (const lot of line.lots) {
        this.#book.edit(lot.id, { supplierLot, manufacturer }, 'From the delivery note', 'g.neri');
      }
    }
  }

  /** The lots of an arrival: coded here, or with the supplier's own code. */
  #rows({ from, typed, item, warehouse }: Supply, quantity: string): LineInput['lots'] {
    if (from === undefined || typed === undefined) return 'auto';
    const manufacturer = dairySuppliers[from].name;
    const number = (this.#vendorLot += 3);
    const made = item === 'LID-95' ? {} : { manufactureDate: this.#book.after(-3) };
    const row = {
      code: `${typed}${number}`,
      supplierLot: `${number}/${typed.at(-1)}`,
      manufacturer,
      ...made,
    };
    if (warehouse !== 'AGEING') return [{ ...row, quantity }];
    const third = Math.floor(Number(quantity) / 3);
    // cheeses of one lot fill two shelves
    return [
      { ...row, quantity: (Number(quantity) - third).toFixed(3), location: 'R-07' },
      { ...row, quantity: String(third), location: 'R-08' },
    ];
  }

  #crates(): void {
    const line = { item: 'CRATE', quantity: '400', location: 'S-04' };
    this.#book.post(
      { warehouse: 'MAIN', template: 'LOA', party: dairySuppliers.packline, lines: [line] },
      'g.neri',
    );
  }

  /** Quality takes the newest lot of an item out of use. */
  #find(day: number): void {
    const [item, status, reason] = findings[Math.floor(day / 8) % findings.length] ?? findings[0];
    const lot = this.#shelf(item).usable(this.#book.date).at(-1);
    if (lot === undefined) return;
    for (const row of this.#shelf(item).lots) if (row.id === lot.id) row.held = true;
    this.#book.edit(lot.id, { status }, reason, 'a.conti');
  }

  /** The rest of the oldest milk stays with the laboratory: closed by hand, with stock. */
  #keep(): void {
    const lot = this.#shelf('MILK').usable(this.#book.date).at(0);
    if (lot === undefined) return;
    lot.left = 0;
    this.#book.edit(lot.id, { closed: true }, 'Rest kept as samples', 'a.conti');
  }

  #sell(day: number): void {
    const { random, date } = this.#book;
    const [warehouse, items] = random.pick([
      ['MAIN', ['MILK', 'YOG-NAT', 'CREAM-35', 'RICOTTA']],
      ['MAIN', ['MILK', 'YOG-NAT', 'CREAM-35', 'RICOTTA']],
      ['COLD', ['BUTTER', 'MOZZ-BUF']],
      ['AGEING', ['PARM-24']],
    ] as const);
    const lines = items.flatMap((item) => (random.once(4) ? [] : this.#line(item)));
    if (lines.length === 0) return;
    const number = `SO-${++this.#order}`;
    this.#book.post(
      {
        warehouse,
        template: 'SAL',
        party: random.pick(dairyCustomers),
        document: { type: 'salesDeliveryNote', number, date },
        lines,
      },
      'l.bruni',
      (posting) => {
        for (const line of posting.lines) this.#shelf(line.item).take(line);
        if (day === WRONG_SALE_ON) this.#wrong = posting;
      },
    );
  }

  /** A line over part of what is free; the item's own order decides which lots go. */
  #line(item: string): LineInput[] {
    const { random, date } = this.#book;
    const shelf = this.#shelf(item);
    // two days of distance keep clear of lots that are held back shortly before they expire
    const free = shelf.free(addDays(date, 2));
    const unit = shelf.decimals === 0 ? LAYER / 4 : 250;
    const steps = Math.floor((free * random.between(7, 20)) / 100 / unit) * unit;
    if (steps <= 0) return [];
    shelf.promised += steps;
    return [{ item, quantity: quantityOf(steps, shelf.decimals), location: shelf.pick, lots: 'auto' }];
  }

  /** Mondays, what expired more than a week ago is thrown away. */
  #scrap(): void {
    const limit = this.#book.after(-8);
    for (const shelf of this.#shelves.values()) {
      for (const lot of shelf.expiredBefore(limit)) {
        const quantity = quantityOf(lot.left, shelf.decimals);
        lot.left = 0;
        const lots = [{ code: lot.code, quantity }];
        const line = { item: shelf.item, quantity, location: lot.location, lots };
        const warehouse = lot.location.startsWith('F') ? 'COLD' : 'MAIN';
        const note = 'Expired, disposed of';
        this.#book.post({ warehouse, template: 'SCR', note, lines: [line] }, 'a.conti');
      }
    }
  }

  /** Thursdays, butter moves to the floor below. */
  #transfer(): void {
    const steps = 2 * LAYER;
    const lot = this.#shelf('BUTTER').usable(this.#book.date).at(-1);
    if (lot === undefined || lot.left < 4 * steps) return;
    lot.left -= steps;
    const quantity = String(steps);
    const line = { item: 'BUTTER', quantity, lots: [{ code: lot.code, quantity }] };
    this.#book.post(
      {
        warehouse: 'COLD',
        template: 'TRO',
        lines: [{ ...line, location: 'F-11' }],
        counterpart: { location: 'F-12' },
      },
      'g.neri',
    );
  }
}
