/**
 * What moved a lot: the finished lines of Aureus's operations, scraps and adjustments. A line within the house is
 * two movements, out of one place and into another.
 */
import { type Intent, LedgerError, type Movement, type Page } from '../../../core/index.ts';
import { negated, sumOf } from './amounts.ts';
import { cursorOf, placeOf } from './cursors.ts';
import { type Days, momentOf } from './days.ts';
import type { Pages, Row } from './pages.ts';
import { isInside, type Place, type Places } from './places.ts';
import { fieldsOf, textIn, wholeOf } from './question.ts';
import type { Reading } from './reading.ts';
import { idText, type Kind, relation, textOr } from './shapes.ts';

type Direction = Movement['direction'];

const INCLUDE = ['operation', 'sourceLocation', 'destinationLocation'] as const;
/** Lines looked through for one page, where a direction leaves most of them out. */
const MOST_STRETCHES = 20;

/** What a line was for, by where it came from or went: the other side of a movement. */
const intentsOf: Readonly<Record<string, readonly [load: Intent, unload: Intent]>> = {
  supplier: ['purchase', 'supplierReturn'],
  customer: ['customerReturn', 'sale'],
  production: ['production', 'production'],
  inventory: ['count', 'count'],
  internal: ['transfer', 'transfer'],
  transit: ['transfer', 'transfer'],
};

const documentTypes: Readonly<Partial<Record<Intent, string>>> = {
  purchase: 'purchaseDeliveryNote',
  sale: 'salesDeliveryNote',
  transfer: 'transferOrder',
  production: 'productionReport',
  customerReturn: 'customerReturn',
  supplierReturn: 'supplierReturn',
};

function intentOf(direction: Direction, other: Row | null | undefined): Intent {
  if (other?.is_scrap === true) return 'scrap';
  const both = intentsOf[idText(other?.type)];
  return both === undefined ? 'other' : both[direction === 'load' ? 0 : 1];
}

function documentOf(operation: Row | null | undefined, intent: Intent, days: Days): Movement['document'] {
  if (!operation) return null;
  return {
    type: documentTypes[intent] ?? 'other',
    number: textOr(operation.name),
    date: days.of(operation.closed_at),
    url: null,
  };
}

function partyOf(line: Row, intent: Intent): Movement['party'] {
  const code = idText(line.partner_id);
  if (code === '') return null;
  const supplier = intent === 'purchase' || intent === 'supplierReturn';
  const customer = intent === 'sale' || intent === 'customerReturn';
  return { kind: supplier ? 'supplier' : customer ? 'customer' : 'partner', code, name: null };
}

interface Side {
  readonly direction: Direction;
  readonly here: Row;
  readonly other: Row | null | undefined;
}

/** The movements of a line, the last first. */
function sidesOf(line: Row): Side[] {
  const from = relation(line, 'source_location');
  const to = relation(line, 'destination_location');
  return [
    ...(to && isInside(to) ? [{ direction: 'load' as const, here: to, other: from }] : []),
    ...(from && isInside(from) ? [{ direction: 'unload' as const, here: from, other: to }] : []),
  ];
}

export class Movements {
  readonly #pages: Pages;
  readonly #places: Places;
  readonly #reading: Reading;
  readonly #days: Days;

  constructor(parts: { pages: Pages; places: Places; reading: Reading; days: Days }) {
    this.#pages = parts.pages;
    this.#places = parts.places;
    this.#reading = parts.reading;
    this.#days = parts.days;
  }

  #view(line: Row, { direction, other }: Side, place: Place | undefined, serial: string | null): Movement {
    const operation = relation(line, 'operation');
    const intent = intentOf(direction, other);
    const id = idText(line.id);
    const posting = idText(line.operation_id) || idText(line.move_id) || id;
    return {
      id: `${id}-${direction}`,
      date: this.#days.of(line.scheduled_at) ?? this.#days.today(),
      // a finished line has the moment it was finished in place of the one it was planned for
      recordedAt: momentOf(line.scheduled_at),
      direction,
      quantity: direction === 'load' ? sumOf([line.uom_qty]) : negated(line.uom_qty),
      warehouse: place?.warehouse ?? '',
      location: place?.location ?? null,
      intent,
      serial,
      posting,
      line: id,
      numberText: textOr(operation?.name) ?? textOr(line.reference) ?? posting,
      template: '',
      document: documentOf(operation, intent, this.#days),
      internalDocument: null,
      party: partyOf(line, intent),
      project: null,
      actor: idText(line.creator_id),
      otherDocuments: [],
      reverses: null,
      reversedBy: null,
    };
  }

  async #views(
    lines: readonly Row[],
    direction: string | undefined,
    serial: string | null,
    signal?: AbortSignal,
  ) {
    const sides = lines.map((line) =>
      sidesOf(line).filter((side) => !direction || side.direction === direction),
    );
    const places = await this.#places.read(
      sides.flatMap((each) => each.map(({ here }) => here)),
      signal,
    );
    return lines.map((line, i) =>
      (sides[i] as Side[]).map((side) => this.#view(line, side, places.get(idText(side.here.id)), serial)),
    );
  }

  /** `lots.movements` and `serials.movements`: newest first. */
  async list(kind: Kind, args: unknown, signal?: AbortSignal): Promise<Page<Movement>> {
    const given = fieldsOf(args, ['id', 'direction', 'limit', 'cursor']);
    const id = textIn(given.id, 'id') ?? '';
    const direction = textIn(given.direction, 'direction');
    if (direction !== undefined && direction !== 'load' && direction !== 'unload')
      throw new LedgerError('field.type', { path: 'direction', details: { expected: 'load or unload' } });
    const limit = wholeOf(given.limit, 'limit', [1, 500], 50);
    const cursor = textIn(given.cursor, 'cursor');
    const asked = [`${kind}.movements`, id, direction ?? null];
    const [line = 0, done = 0] = cursor === undefined ? [] : placeOf(asked, cursor);
    const { row } = await this.#reading.raw(kind, id, signal);
    const serial = kind === 'serials' ? idText(row.id) : null;
    const query = {
      filter: { lot_id: id, state: 'done' },
      include: INCLUDE,
      sort: ['-scheduled_at', '-id'],
    };
    return this.#collect({ line, done, limit, asked }, async (from) => {
      const found = await this.#pages.stretch('/moves', { action: 'move.view', query, signal }, from, limit);
      return { lines: await this.#views(found.rows, direction, serial, signal), total: found.total };
    });
  }

  /** Reads on until a page is full or there is no more. */
  async #collect(
    { line, done, limit, asked }: { line: number; done: number; limit: number; asked: unknown },
    read: (from: number) => Promise<{ lines: readonly (readonly Movement[])[]; total: number }>,
  ): Promise<Page<Movement>> {
    const items: Movement[] = [];
    let at = line;
    let left = done;
    for (let stretch = 0; stretch < MOST_STRETCHES; stretch++) {
      const { lines, total } = await read(at);
      for (const movements of lines) {
        const rest = movements.slice(left);
        const room = limit - items.length;
        items.push(...rest.slice(0, room));
        if (rest.length > room) return this.#page(items, cursorOf(asked, at, left + room));
        at++;
        left = 0;
      }
      if (lines.length === 0 || at >= total) return this.#page(items);
      if (items.length === limit) break;
    }
    return this.#page(items, cursorOf(asked, at, 0));
  }

  #page(items: readonly Movement[], next?: string): Page<Movement> {
    return { items, ...(next === undefined ? {} : { next }), asOf: this.#reading.asOf() };
  }
}
