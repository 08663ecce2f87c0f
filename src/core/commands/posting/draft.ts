/**
 * One posting of an operation while it is decided: where and for what it is, what it says of itself, and
 * its lines so far. What lots, serials and balances come to is the operation's.
 */
import type { PostingFact } from '../../model/facts.ts';
import type { PostingInput } from '../../model/posting.ts';
import type {
  DocumentRef,
  FulfilledRow,
  PartyRef,
  PostingLine,
  Operation as Purpose,
} from '../../model/records.ts';
import { LedgerError } from '../../ports/errors.ts';
import type { DecideContext, View } from '../../ports/view.ts';
import { Claims } from '../../reading/reservations.ts';
import { fulfilledBy } from './fulfilment.ts';
import type { Delta, DraftSerial } from './moves.ts';
import type { Operation } from './operation.ts';
import type { World } from './world.ts';

/** What a posting says of itself, besides its lines and its day. */
export type Header = Pick<
  PostingInput,
  'key' | 'number' | 'document' | 'internalDocument' | 'fulfils' | 'party' | 'project' | 'note'
>;

/** What only some postings have. */
export interface DraftOptions {
  /** The posting this one takes back. */
  readonly reverses?: string;
  /** Why; the command's own reason unless said. */
  readonly reason?: string;
  /** What it is made for together with others of this command. */
  readonly operation?: Purpose;
  /** Whether traces show it; as the template says, unless said. */
  readonly traced?: boolean;
  /** False on the side that another posting brings along. */
  readonly main?: boolean;
  /** The posting it is made instead of. */
  readonly corrects?: string;
  /** Id of the count sheet it settles. */
  readonly count?: string;
}

const documentOf = (input: PostingInput['document']): DocumentRef | null =>
  input
    ? { type: input.type, number: input.number ?? null, date: input.date ?? null, url: input.url ?? null }
    : null;

export class Draft {
  readonly operation: Operation;
  readonly view: View;
  readonly context: DecideContext;
  readonly date: string;
  readonly world: World;
  readonly header: Header;
  readonly options: DraftOptions;
  readonly id: string;
  readonly lines: PostingLine[] = [];
  /** What its lines take of reservations. */
  readonly fulfilled: FulfilledRow[] = [];
  /** Id of the opposite posting, where the two name each other. */
  counterpart: string | null = null;
  /** Whose deliveries it brings back, where its header names nobody (R81). */
  from: PartyRef | null = null;
  /** It holds a return for which no delivery was named (R81). */
  unverified = false;
  /** The line it was made instead of (R132). */
  replaces: PostingLine | null = null;
  /** What it takes back is posted again by this command (R132). */
  again = false;
  #claims: Claims | undefined;

  constructor(operation: Operation, world: World, header: Header, options: DraftOptions) {
    this.operation = operation;
    this.view = operation.view;
    this.context = operation.context;
    this.date = operation.date;
    this.world = world;
    this.header = header;
    this.options = options;
    this.id = operation.context.newId();
  }

  /** What is reserved, as this posting sees it: what its own documents reserved is no obstacle to it. */
  get claims(): Claims {
    this.#claims ??= new Claims(this.view, fulfilledBy(this.header, this.options));
    return this.#claims;
  }

  /** Adds a signed change of a balance in this posting's warehouse. */
  move(change: Omit<Delta, 'id' | 'warehouse'>): void {
    this.operation.move(this.world.warehouse.code, change);
  }

  /** Refuses a serial that this posting, or another of the same direction, has already (R62). */
  checkOnce(serial: DraftSerial, path: string): void {
    if (this.operation.serialMoves.get(serial.id)?.arrives !== (this.world.type === 'load')) return;
    throw new LedgerError('serial.repeated', { path, details: { code: serial.code } });
  }

  /** A serial arrives or leaves, as the posting loads or unloads. */
  moveSerial(serial: DraftSerial, location: string | null, path: string): void {
    this.checkOnce(serial, path);
    const { serialMoves } = this.operation;
    const arrives = this.world.type === 'load';
    const warehouse = this.world.warehouse.code;
    const before = serialMoves.get(serial.id) ?? null;
    serialMoves.set(serial.id, { serial, arrives, warehouse, location, path, before });
  }

  /** The posting as the journal keeps it. */
  fact(number: number): PostingFact {
    const { world, header, options, context } = this;
    return {
      id: this.id,
      key: header.key || null,
      warehouse: world.warehouse.code,
      template: world.template.code,
      type: world.type,
      intent: world.intent,
      date: this.date,
      number,
      document: documentOf(header.document),
      internalDocument: documentOf(header.internalDocument),
      party: header.party ? { kind: header.party.kind, code: header.party.code } : this.from,
      project: header.project ?? null,
      note: header.note ?? null,
      lines: this.lines,
      operation: options.operation ?? null,
      counterpart: this.counterpart,
      main: options.main ?? true,
      traced: options.traced ?? world.template.traced ?? true,
      corrects: options.corrects ?? null,
      count: options.count ?? null,
      unverified: this.unverified,
      fulfilled: this.fulfilled,
      reverses: options.reverses ?? null,
      reason: options.reason ?? context.reason ?? context.force?.reason ?? null,
    };
  }
}
