/**
 * Electronics: devices by serial number. Own devices get their numbers here, others come with theirs, in
 * ranges; the expiry of a serial is the end of its warranty.
 */
import type { Book, LineInput, PostingInput } from './book.ts';
import type { ItemInput } from './masters.ts';

const unit = { code: 'PCE', decimals: 0 };
const device = { unit, category: 'Electronics' };

export const electronicsItems: readonly ItemInput[] = [
  {
    ...device,
    code: 'GATE-X2',
    description: 'Gateway X2, 2-year warranty',
    serials: { codeType: 'SN', generation: 'automatic', shelfLifeDays: 730 },
  },
  {
    ...device,
    code: 'SENS-T1',
    description: 'Temperature sensor T1',
    serials: { generation: 'manual', shelfLifeDays: 365 },
  },
  {
    ...device,
    code: 'SCAN-5',
    description: 'Handheld scanner 5',
    serials: { generation: 'manual', shelfLifeDays: 1095 },
  },
  {
    ...device,
    code: 'CELL-36',
    description: 'Battery cell 3.6 V',
    lots: { codeType: 'YM', withdrawal: 'fifo', shelfLifeDays: 900, warnDays: 120 },
  },
  { ...device, code: 'CABLE-3', description: 'Charging cable 3 m' },
];

const maker = { kind: 'supplier', code: 'S20', name: 'Kestrel Devices' } as const;
const cells = { kind: 'supplier', code: 'S21', name: 'Voltera AG' } as const;
const buyers = [
  { kind: 'customer', code: 'C20', name: 'Nordlog Transport' },
  { kind: 'customer', code: 'C21', name: 'Centro Freddo' },
  { kind: 'customer', code: 'C22', name: 'Harbour Retail' },
  { kind: 'customer', code: 'C23', name: 'Clinica Aurora' },
] as const;

/** The numbers devices of others come with: a word and a running number. */
const ranges = {
  'SENS-T1': { prefix: 'T1-', first: 50_010, location: 'T-02' },
  'SCAN-5': { prefix: 'KD5', first: 88_120, location: 'T-01' },
} as const;

/** Numbers that went to other houses, between two deliveries to this one. */
const ELSEWHERE = 30;

export class Electronics {
  readonly #book: Book;
  readonly #stock: Record<string, { location: string; codes: string[] }> = {
    'GATE-X2': { location: 'T-01', codes: [] },
    'SENS-T1': { location: 'T-02', codes: [] },
    'SCAN-5': { location: 'T-01', codes: [] },
  };
  readonly #came = { 'SENS-T1': 0, 'SCAN-5': 0 };
  #note = 700;

  constructor(book: Book) {
    this.#book = book;
  }

  morning(day: number): void {
    if (day % 12 === 1) this.#make();
    if (day % 18 === 3) this.#buy('SENS-T1', 50);
    if (day % 16 === 6) this.#buy('SCAN-5', 24);
    if (day % 14 === 2) this.#bulk();
  }

  afternoon(day: number): void {
    if (day % 2 === 0) this.#ship(day);
  }

  #load(template: string, rest: Omit<PostingInput, 'warehouse' | 'template' | 'date'>): void {
    this.#book.post({ warehouse: 'TECH', template, ...rest }, 'r.weiss', ({ lines }) => {
      for (const line of lines) this.#stock[line.item]?.codes.push(...line.serials.map(({ code }) => code));
    });
  }

  #make(): void {
    const quantity = String(this.#book.random.between(20, 28));
    this.#load('PRO', { lines: [{ item: 'GATE-X2', quantity, location: 'T-01', serials: 'auto' }] });
  }

  #delivery() {
    return { type: 'purchaseDeliveryNote', number: `KD-${++this.#note}`, date: this.#book.date } as const;
  }

  #buy(item: keyof typeof ranges, count: number): void {
    const { prefix, first, location } = ranges[item];
    const start = first + this.#came[item];
    this.#came[item] += count + ELSEWHERE;
    const serials = [{ from: `${prefix}${start}`, to: `${prefix}${start + count - 1}` }];
    const line = { item, quantity: String(count), location, serials };
    this.#load('LOA', { party: maker, document: this.#delivery(), lines: [line] });
  }

  #bulk(): void {
    const quantity = String(this.#book.random.between(4, 12) * 100);
    const lines: LineInput[] = [
      { item: 'CELL-36', quantity, location: 'T-02', lots: 'auto' },
      { item: 'CABLE-3', quantity: '60', location: 'T-01' },
    ];
    this.#load('LOA', { party: cells, document: this.#delivery(), lines });
  }

  #ship(day: number): void {
    const { random, date } = this.#book;
    const lines = Object.entries(this.#stock).flatMap(([item, { location, codes }]) => {
      const count = Math.min(codes.length, random.between(0, 7));
      if (count === 0 || random.once(3)) return [];
      const serials = codes.splice(0, count).map((code) => ({ code }));
      return [{ item, quantity: String(count), location, serials }];
    });
    if (lines.length === 0) return;
    const document = { type: 'salesDeliveryNote', number: `TX-${300 + day}`, date } as const;
    this.#book.post(
      { warehouse: 'TECH', template: 'SAL', party: random.pick(buyers), document, lines },
      'r.weiss',
    );
  }
}
