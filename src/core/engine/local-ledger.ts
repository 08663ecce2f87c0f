/**
 * The Ledger port over a Store: the queue that turns many callers into few commits, receipts, questions,
 * the feed. Everything that waits, waits here.
 */
import type { PostingRecord } from '../model/records.ts';
import type { ErrorCode } from '../ports/catalogue.ts';
import { isLedgerError, LedgerError, type LedgerProblem } from '../ports/errors.ts';
import type { DecideHooks, Hooks } from '../ports/hooks.ts';
import type {
  AskOptions,
  ChangeEvent,
  Command,
  ExecuteOptions,
  LedgerCapabilities,
  LedgerPort,
  LedgerStatus,
  Principal,
  Receipt,
} from '../ports/ledger.ts';
import { type Head, type JournalGroup, PENDING_SEQ, type Store } from '../ports/store.ts';
import type { QueryContext } from '../ports/view.ts';
import { readEntry } from '../upcasts/index.ts';
import { type Asked, Asker } from './asking.ts';
import type { Clock } from './clock.ts';
import { decideOne, decideOnly, type ReadyCommand, type Surroundings, type Verdict } from './decide.ts';
import { ready } from './envelope.ts';
import { eventsOf, nextCommit, tellOne } from './feed.ts';
import { runGroup, type Settled, type Unit } from './group.ts';
import { decideHooks, HOOK_TIMEOUT, mayBy } from './hooks.ts';
import { resultOf } from './outcome.ts';
import { QueryOverlay, QueryReader } from './query-view.ts';
import { LoadingReader, type Reader, runLoaded, syncReader } from './reader.ts';
import type { Registry } from './registry.ts';
import { type Anchor, headText, type Verification, verify } from './verify.ts';

/** Commands decided and committed together at most; a larger atomic group stays whole. */
const GROUP_SIZE = 256;
const FEED_GROUPS = 256;

interface Waiting extends Unit {
  readonly resolve: (settled: Settled) => void;
  readonly reject: (error: unknown) => void;
}

export interface LocalLedgerOptions {
  readonly store: Store;
  readonly registry: Registry;
  readonly clock: Clock;
  readonly actor: string;
  readonly permissions: readonly string[] | undefined;
  readonly hooks?: Hooks;
  /** Milliseconds an asynchronous hook has. */
  readonly hookTimeout?: number;
  /** The records were folded by a newer program: it is only read. */
  readonly newer?: boolean;
  readonly capabilities: LedgerCapabilities;
}

export class LocalLedger implements LedgerPort {
  readonly capabilities: LedgerCapabilities;
  readonly #options: LocalLedgerOptions;
  readonly #store: Store;
  #queue: Waiting[] = [];
  #draining: Promise<void> | undefined;
  /** The group under way; verify waits for it. */
  #group: Promise<void> = Promise.resolve();
  /** While this is pending, no group is begun: verify looks at a ledger that stands still. */
  #held: Promise<void> = Promise.resolve();
  readonly #closing = new AbortController();
  #state: LedgerStatus['state'] = 'open';
  #reason: ErrorCode | undefined;
  #seq: number;
  readonly #listeners = new Set<(event: ChangeEvent) => void>();
  #told: number;
  #telling: Promise<void> = Promise.resolve();
  #lastGroup: JournalGroup | undefined;
  readonly #unwatch: () => void;
  readonly #asker: Asker;
  readonly #hooks: DecideHooks | undefined;
  readonly #may: Surroundings['may'];

  constructor(options: LocalLedgerOptions, head: Head) {
    this.#options = options;
    this.#store = options.store;
    this.capabilities = options.capabilities;
    this.#seq = head.seq;
    this.#told = head.seq;
    this.#unwatch = this.#store.watch((now) => this.#hear(now.seq));
    const { store, hooks = {}, hookTimeout = HOOK_TIMEOUT } = options;
    this.#hooks = decideHooks(hooks);
    this.#may = mayBy(hooks, options.permissions);
    const execute = (command: Command): Promise<Receipt> => this.#executeOne(command);
    this.#asker = new Asker({ hooks, store, limit: hookTimeout, closing: this.#closing.signal, execute });
    if (options.newer) this.#stopWriting('store.newer');
  }

  async execute(commands: readonly Command[], options: ExecuteOptions = {}): Promise<Receipt[]> {
    this.#mustWrite();
    const { registry, actor } = this.#options;
    const { principal } = options;
    if (options.atomic && commands.length > 0) {
      const unit = commands.map((command) => ready(command, registry, actor, principal));
      const asked = this.#asker.concerns(unit);
      const settled = await (asked
        ? this.#asker.around(unit, (left) => this.#enqueue(left))
        : this.#enqueue(unit));
      return this.#receipts(unit, settled);
    }
    const [only] = commands;
    if (only && commands.length === 1) return [await this.#executeOne(only, principal)];
    return Promise.all(commands.map((command) => this.#executeOne(command, principal)));
  }

  async query(name: string, args: unknown, options: AskOptions = {}): Promise<unknown> {
    if (this.#state === 'closed') throw new LedgerError('store.closed');
    const definition = this.#options.registry.query(name);
    const parsed = definition.parse(args);
    const { principal = {} } = options;
    const who: Principal = { actor: this.#options.actor, ...principal };
    const asked = definition.hooked ? await this.#askedPreview(parsed, who) : undefined;
    await this.#store.refresh?.();
    const run = (reader: Reader): unknown => {
      const view = new QueryReader(reader);
      return definition.run(view, parsed, this.#queryContext(reader, who, asked));
    };
    if (this.#store.sync) return run(syncReader(this.#store.sync));
    return this.#store.read((snapshot) => runLoaded(snapshot, new LoadingReader(), run));
  }

  async *changes(options: { after?: number; signal?: AbortSignal } = {}): AsyncGenerator<ChangeEvent> {
    const { signal } = options;
    const { signal: closing } = this.#closing;
    let after = options.after ?? this.#seq;
    while (!signal?.aborted && this.#state !== 'closed') {
      // watched before it is read: what is committed meanwhile is heard
      const next = nextCommit(this.#store, after, signal ? [signal, closing] : [closing]);
      try {
        await this.#store.refresh?.();
        const groups = await this.#store.tail(after, FEED_GROUPS);
        for (const event of eventsOf(groups, after)) {
          yield event;
          after = event.seq;
        }
        if (groups.length === 0) await next.heard;
      } finally {
        next.forget();
      }
    }
  }

  status(): LedgerStatus {
    const status = { state: this.#state, seq: this.#seq };
    return this.#reason === undefined ? status : { ...status, reason: this.#reason };
  }

  subscribe(listener: (event: ChangeEvent) => void): () => void {
    if (this.#listeners.size === 0) this.#told = this.#seq;
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Proves the store against its journal; after a difference, nothing is written any more. */
  async verify(options: { anchor?: Anchor } = {}): Promise<Verification> {
    if (this.#state === 'closed') throw new LedgerError('store.closed');
    const held = this.#held;
    let release = (): void => undefined;
    this.#held = new Promise((resolve) => {
      release = resolve;
    });
    try {
      await held;
      await this.#group;
      const found = await verify(this.#store, options.anchor);
      if (!found.ok) this.#stopWriting('store.corrupt');
      return found;
    } finally {
      release();
    }
  }

  /** The head of the journal, to be kept as an anchor outside the store. */
  async head(): Promise<Anchor> {
    const { seq, link } = await this.#store.read(async (snapshot) => snapshot.head);
    return { seq, head: headText(link) };
  }

  async close(): Promise<void> {
    while (this.#draining) await this.#draining;
    this.#state = 'closed';
    this.#closing.abort();
    this.#unwatch();
    this.#listeners.clear();
    await this.#store.close();
  }

  #mustWrite(): void {
    if (this.#state === 'closed') throw new LedgerError('store.closed');
    if (this.#reason) throw new LedgerError(this.#reason);
  }

  async #executeOne(command: Command, principal?: Principal): Promise<Receipt> {
    let unit: [ReadyCommand];
    try {
      unit = [ready(command, this.#options.registry, this.#options.actor, principal)];
    } catch (error) {
      if (!isLedgerError(error)) throw error;
      return { outcome: 'refused', id: String(command.id), problem: LedgerError.from(error).toJSON() };
    }
    const asked = this.#asker.concerns(unit) ? await this.#asked(unit) : await this.#enqueue(unit);
    if ('problem' in asked) return { outcome: 'refused', id: unit[0].id, problem: asked.problem };
    return this.#receipt(unit[0].id, asked.verdicts[0] as Verdict, asked.firstSeq);
  }

  /** A single command by way of the hooks: one that fails is this command's fault, not its neighbours'. */
  async #asked(unit: readonly ReadyCommand[]): Promise<Settled | { problem: LedgerProblem }> {
    try {
      return await this.#asker.around(unit, (left) => this.#enqueue(left));
    } catch (error) {
      if (!isLedgerError(error) || error.code !== 'hook.failed') throw error;
      return { problem: LedgerError.from(error).toJSON() };
    }
  }

  #enqueue(commands: readonly ReadyCommand[]): Promise<Settled> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ commands, resolve, reject });
      this.#draining ??= this.#drain();
    });
  }

  async #drain(): Promise<void> {
    // callers of this same turn join the first group
    await Promise.resolve();
    while (this.#queue.length > 0) {
      await this.#held;
      this.#group = this.#runGroup(this.#takeGroup());
      await this.#group;
    }
    this.#draining = undefined;
  }

  async #runGroup(group: readonly Waiting[]): Promise<void> {
    try {
      this.#mustWrite();
      const { settled, head } = await runGroup(this.#store, group, () => this.#surroundings());
      if (head) this.#hear(head.seq);
      for (const [i, waiting] of group.entries()) waiting.resolve(settled[i] as Settled);
    } catch (error) {
      if (isLedgerError(error) && error.code === 'store.newer') this.#stopWriting('store.newer');
      for (const waiting of group) waiting.reject(error);
    }
  }

  #stopWriting(reason: ErrorCode): void {
    this.#state = 'readonly';
    this.#reason = reason;
  }

  #takeGroup(): Waiting[] {
    let count = 0;
    let units = 0;
    while (units < this.#queue.length) {
      count += (this.#queue[units] as Waiting).commands.length;
      if (units > 0 && count > GROUP_SIZE) break;
      units++;
    }
    return this.#queue.splice(0, units);
  }

  #surroundings(): Surroundings {
    const { clock } = this.#options;
    const hooks = this.#hooks === undefined ? {} : { hooks: this.#hooks };
    return { at: clock.at(), today: clock.today(), may: this.#may, ...hooks };
  }

  /** A posting that is only looked at, as the hooks would leave it. */
  async #askedPreview(args: unknown, who: Principal): Promise<Asked | undefined> {
    const { registry } = this.#options;
    const { posting } = args as { posting: unknown };
    const command = ready({ name: 'posting.post@1', id: 'preview', args: posting }, registry, who.actor, who);
    return this.#asker.concerns([command]) ? this.#asker.preview(command) : undefined;
  }

  #queryContext(reader: Reader, who: Principal, asked?: Asked): QueryContext {
    const around = this.#surroundings();
    const { registry } = this.#options;
    const { actor, permissions } = who;
    return {
      at: around.at,
      today: around.today,
      dayOf: (at) => this.#options.clock.dayOf(at),
      may: (act, on) => around.may(act, { actor, ...on }, permissions),
      ...(around.hooks === undefined ? {} : { hooks: around.hooks }),
      tryOut: (name, args, how = {}) => {
        const command = ready({ name, id: 'preview', args, ...how }, registry, actor, who);
        const overlay = new QueryOverlay(reader);
        for (const item of asked?.items ?? [])
          decideOne(ready(item, registry, actor, who), overlay, [], around);
        const left = asked === undefined ? command : { ...command, args: asked.command.args };
        const decision = decideOnly(left, overlay, around);
        return { facts: decision.facts, warnings: decision.warnings ?? [] };
      },
    };
  }

  #receipts(unit: readonly ReadyCommand[], settled: Settled): Promise<Receipt[]> {
    return Promise.all(
      unit.map((each, i) => this.#receipt(each.id, settled.verdicts[i] as Verdict, settled.firstSeq)),
    );
  }

  /** At once where the answer is at hand, which it nearly always is. */
  #receipt(id: string, verdict: Verdict, firstSeq: number): Receipt | Promise<Receipt> {
    switch (verdict.kind) {
      case 'accepted': {
        const { entry, offset } = verdict;
        const seq = firstSeq + offset;
        return { outcome: 'accepted', id, seq, recordedAt: entry.at, result: resultOf(entry, seq) };
      }
      case 'failed':
        throw verdict.error;
      case 'refused':
        return { outcome: 'refused', id, problem: verdict.problem };
      case 'replayedRefusal':
        return { outcome: 'refused', id, problem: verdict.problem, replayed: true };
      case 'replayed':
        return this.#replay(id, realSeq(verdict.seq, firstSeq));
      case 'settled':
        return this.#settledBy(id, verdict.posting);
    }
  }

  async #replay(id: string, seq: number): Promise<Receipt> {
    const group = await this.#groupOf(seq);
    const text = group?.texts[seq - group.firstSeq];
    if (text === undefined) throw new LedgerError('store.corrupt', { details: { seq } });
    const entry = readEntry(text);
    return {
      outcome: 'accepted',
      id,
      seq,
      recordedAt: entry.at,
      result: resultOf(entry, seq),
      replayed: true,
    };
  }

  /** The journal group an entry is in; the last one is kept, since repeats come in runs. */
  async #groupOf(seq: number): Promise<JournalGroup | undefined> {
    const known = this.#lastGroup;
    if (known && seq >= known.firstSeq && seq < known.firstSeq + known.texts.length) return known;
    this.#lastGroup = (await this.#store.tail(seq - 1, 1))[0];
    return this.#lastGroup;
  }

  /** An earlier posting is the answer, as it stands (R88, a repeated key). */
  async #settledBy(id: string, posting: string): Promise<Receipt> {
    const [record] = await this.#store.read((snapshot) => snapshot.get('postings', [posting]));
    const { seq, at, warnings } = record as PostingRecord;
    return {
      outcome: 'accepted',
      id,
      seq,
      recordedAt: at,
      result: { posting: record, warnings },
      replayed: true,
    };
  }

  #hear(seq: number): void {
    if (seq > this.#seq) this.#seq = seq;
    if (this.#listeners.size > 0)
      this.#telling = this.#telling.then(() => this.#tell()).catch(() => undefined);
  }

  async #tell(): Promise<void> {
    while (this.#told < this.#seq && this.#listeners.size > 0) {
      const groups = await this.#store.tail(this.#told, FEED_GROUPS);
      if (groups.length === 0) return;
      for (const event of eventsOf(groups, this.#told)) {
        this.#told = event.seq;
        for (const listener of [...this.#listeners]) tellOne(listener, event);
      }
    }
  }
}

/** The same id twice in one group: its sequence was not known yet when it was found. */
const realSeq = (seq: number, firstSeq: number): number =>
  seq >= PENDING_SEQ ? firstSeq + (seq - PENDING_SEQ) : seq;
