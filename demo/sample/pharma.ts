/**
 * Pharma: every lot begins in quarantine and is released after its analysis. Two products also carry an
 * identifier on each single pack.
 */
import type { Book, LineInput, Posting } from './book.ts';
import type { ItemInput } from './masters.ts';

const unit = { code: 'PCK', decimals: 0 };

function item(code: string, description: string, shelfLifeDays: number, serials: boolean): ItemInput {
  return {
    code,
    description,
    unit,
    category: 'Pharma',
    lots: {
      codeType: 'PH',
      withdrawal: 'fefo',
      shelfLifeDays,
      expiryRounding: 'lastDayOfMonth',
      initialStatus: 'QUARANTINE',
      warnDays: 90,
      blockDays: 30,
    },
    ...(serials ? { serials: { codeType: 'UID', generation: 'automatic' as const } } : {}),
  };
}

export const pharmaItems: readonly ItemInput[] = [
  item('VAX-FLU', 'Influenza vaccine, 10 doses', 300, true),
  item('INS-100', 'Insulin pen 100 IU/ml', 540, true),
  item('AMOX-500', 'Amoxicillin 500 mg, 20 tablets', 730, false),
  item('SALINE-1', 'Saline 0.9 % 1 L', 900, false),
];

const makers = {
  'VAX-FLU': { kind: 'supplier', code: 'S30', name: 'Alba Vaccines' },
  'INS-100': { kind: 'supplier', code: 'S31', name: 'Novaline' },
  'AMOX-500': { kind: 'supplier', code: 'S32', name: 'Farmalux' },
  'SALINE-1': { kind: 'supplier', code: 'S32', name: 'Farmalux' },
} as const;
type Medicine = keyof typeof makers;

const hospitals = [
  { kind: 'customer', code: 'C30', name: 'Ospedale San Luca' },
  { kind: 'customer', code: 'C31', name: 'Farmacia Duomo' },
  { kind: 'customer', code: 'C32', name: 'Riverside Clinic' },
] as const;

const arrivals: readonly {
  item: Medicine;
  everyDays: number;
  low: number;
  high: number;
  location: string;
}[] = [
  { item: 'VAX-FLU', everyDays: 9, low: 10, high: 16, location: 'CR-01' },
  { item: 'INS-100', everyDays: 12, low: 8, high: 14, location: 'CR-01' },
  { item: 'AMOX-500', everyDays: 8, low: 200, high: 600, location: 'P-01' },
  { item: 'SALINE-1', everyDays: 10, low: 300, high: 900, location: 'P-02' },
];

/** A lot of ours: what is left of it, and its packs where they are counted singly. */
interface Batch {
  readonly item: string;
  readonly id: string;
  readonly code: string;
  readonly location: string;
  readonly packs: string[];
  readonly since: number;
  readonly loaded: number;
  left: number;
  state: 'quarantine' | 'released' | 'stopped';
}

/** From this day on, the first lot that was delivered is called back. */
const RECALL_FROM = 80;
/** Days the laboratory takes. */
const ANALYSIS = 7;

export class Pharma {
  readonly #book: Book;
  readonly #batches: Batch[] = [];
  #note = 9100;
  #analysed = 0;
  #recalled = false;

  constructor(book: Book) {
    this.#book = book;
  }

  morning(day: number): void {
    for (const [i, { item, everyDays, low, high, location }] of arrivals.entries()) {
      if ((day + 2 * i) % everyDays === 0)
        this.#receive(item, this.#book.random.between(low, high), location, day);
    }
    for (const batch of this.#batches) {
      if (batch.state === 'quarantine' && day - batch.since >= ANALYSIS) this.#analyse(batch);
    }
  }

  afternoon(day: number): void {
    if (day % 3 !== 0) this.#deliver(day);
    if (day >= RECALL_FROM && !this.#recalled) this.#recall();
  }

  #receive(item: Medicine, count: number, location: string, day: number): void {
    const { date } = this.#book;
    const counted = item === 'VAX-FLU' || item === 'INS-100';
    const line: LineInput = { item, quantity: String(count), location, lots: 'auto' };
    const lines = [counted ? { ...line, serials: 'auto' as const } : line];
    const document = { type: 'purchaseDeliveryNote', number: `PH-${++this.#note}`, date } as const;
    this.#book.post(
      { warehouse: 'PHARMA', template: 'LOA', party: makers[item], document, lines },
      's.moreau',
      (posting) => this.#store(posting, item, day),
    );
  }

  #store({ lines }: Posting, medicine: Medicine, since: number): void {
    const supplierLot = `${medicine.slice(0, 2)}${this.#book.random.between(10_000, 99_999)}`;
    const origin = {
      supplierLot,
      manufacturer: makers[medicine].name,
      manufactureDate: this.#book.after(-40),
    };
    for (const { item, lots, serials } of lines) {
      for (const { id, code, quantity, location } of lots) {
        const packs = serials.filter(({ lot }) => lot === code).map((serial) => serial.code);
        const left = Number(quantity);
        const state = 'quarantine';
        this.#book.edit(id, origin, 'From the certificate', 's.moreau');
        const known = { item, id, code, location: location ?? '', packs, since };
        this.#batches.push({ ...known, loaded: left, left, state });
      }
    }
  }

  #analyse(batch: Batch): void {
    const [status, reason] =
      ++this.#analysed % 11 === 4
        ? (['BLOCKED', 'Impurity above the limit'] as const)
        : (['RELEASED', 'Analysis passed'] as const);
    batch.state = status === 'RELEASED' ? 'released' : 'stopped';
    this.#book.edit(batch.id, { status }, reason, 'a.conti');
  }

  #deliver(day: number): void {
    const { random, date } = this.#book;
    const lines = arrivals.flatMap(({ item }) => {
      const batch = this.#batches.find(
        (each) => each.item === item && each.state === 'released' && each.left > 0,
      );
      if (batch === undefined || random.once(3)) return [];
      return [this.#take(batch)];
    });
    if (lines.length === 0) return;
    const document = { type: 'salesDeliveryNote', number: `RX-${500 + day}`, date } as const;
    this.#book.post(
      { warehouse: 'PHARMA', template: 'SAL', party: random.pick(hospitals), document, lines },
      's.moreau',
    );
  }

  /** The maker calls a lot back that is partly with the hospitals. */
  #recall(): void {
    const batch = this.#batches.find(
      ({ item, state, left, loaded }) =>
        item === 'AMOX-500' && state === 'released' && left > 0 && left < loaded,
    );
    if (batch === undefined) return;
    this.#recalled = true;
    batch.state = 'stopped';
    const reason = 'Foreign tablets in one carton, letter of the maker';
    this.#book.recall({ title: 'Foreign tablets', reason, class: '2', lots: [batch.id] }, 'a.conti');
  }

  #take(batch: Batch): LineInput {
    const { random } = this.#book;
    const { item, location, code } = batch;
    const counted = batch.packs.length > 0;
    const count = Math.min(batch.left, counted ? random.between(1, 3) : random.between(2, 14) * 5);
    batch.left -= count;
    const quantity = String(count);
    const serials = batch.packs.splice(0, counted ? count : 0).map((pack) => ({ code: pack }));
    const line = { item, quantity, location, lots: [{ code, quantity }] };
    return counted ? { ...line, serials } : line;
  }
}
