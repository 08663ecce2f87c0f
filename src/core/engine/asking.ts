/**
 * Commands on their way to the queue that hooks of the host have a say in first: a posting may be noted upon
 * or refused, its products exploded, its unknown items created. The fingerprint stays that of what was asked,
 * and an id that was answered before, or is being answered now, asks nobody again: a retry is answered from
 * its receipt, whatever the hooks would say by then (R88).
 */
import type { HookAnswers } from '../model/facts.ts';
import type { ItemInput } from '../model/inputs.ts';
import type { ComponentInput, LineInput, PostingInput } from '../model/posting.ts';
import { isLedgerError, LedgerError } from '../ports/errors.ts';
import type { HookContext, Hooks, PostingChanges, Refusal } from '../ports/hooks.ts';
import { codeKey, templateKey } from '../ports/keys.ts';
import type { Command, Receipt } from '../ports/ledger.ts';
import type { Store, StoredRecord } from '../ports/store.ts';
import { fingerprint } from '../rules/fingerprint.ts';
import type { ReadyCommand } from './decide.ts';
import { askLater, badAnswer, hookContext, refusalOf } from './hooks.ts';

/** What the asynchronous hooks need of the ledger they belong to. */
export interface AskerOptions {
  readonly hooks: Hooks;
  readonly store: Store;
  /** Milliseconds each of them has. */
  readonly limit: number;
  readonly closing: AbortSignal;
  execute(command: Command): Promise<Receipt>;
}

/** A posting as the hooks left it, and the items to be created before it. */
export interface Asked {
  readonly command: ReadyCommand;
  readonly items: readonly Command[];
}

/** Fields `beforePosting` may answer with, of the posting and of a line. */
const HEADER = ['note', 'project', 'document', 'internalDocument'] as const;
const LINE = ['note', 'project'] as const;

const isPresent = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** The named fields of an answer; a name that is not among them is a mistake to be told of. */
function only<K extends string>(answer: object, names: readonly K[], also: readonly string[]): object {
  const strange = Object.keys(answer).find((key) => !names.includes(key as K) && !also.includes(key));
  if (strange !== undefined) throw new Error(`${strange} cannot be changed`);
  return Object.fromEntries(
    Object.entries(answer).filter(([key, value]) => names.includes(key as K) && value !== undefined),
  );
}

function changed(posting: PostingInput, changes: PostingChanges): PostingInput {
  const lines: LineInput[] = [...posting.lines];
  for (const change of changes.lines ?? []) {
    const line = lines[change.line];
    if (!line) throw new Error(`there is no line ${change.line}`);
    lines[change.line] = { ...line, ...only(change, LINE, ['line']) };
  }
  return { ...posting, ...only(changes, HEADER, ['lines']), lines };
}

/** Every item a posting names, as it writes it. */
function itemsOf(posting: PostingInput): string[] {
  const named = new Map<string, string>();
  const add = (code: string): void => void named.set(codeKey(code), named.get(codeKey(code)) ?? code);
  for (const line of [...posting.lines, ...(posting.counterpart?.lines ?? [])]) {
    add(line.item);
    for (const component of line.components ?? []) add(component.item);
  }
  return [...named.values()];
}

/** An answer of the host's as data of our own: it may go on changing its object. */
function owned<T>(hook: keyof Hooks, answer: T): T {
  try {
    return structuredClone(answer);
  } catch (thrown) {
    throw badAnswer(hook, thrown);
  }
}

/** Asks the asynchronous hooks of a host, once per command. */
export class Asker {
  readonly #options: AskerOptions;
  readonly #underWay = new Map<string, Promise<unknown>>();

  constructor(options: AskerOptions) {
    this.#options = options;
  }

  /** Whether the hooks have a say in any of these commands. */
  concerns(commands: readonly ReadyCommand[]): boolean {
    const { beforePosting, explode, resolveItem } = this.#options.hooks;
    return (
      Boolean(beforePosting || explode || resolveItem) &&
      commands.some(({ definition }) => definition.hooked === 'posting')
    );
  }

  /**
   * Has the hooks asked about each command, then goes on with what they left of them.
   * @throws LedgerError hook.failed; nothing was written, and the ids are free
   */
  async around<T>(
    commands: readonly ReadyCommand[],
    goOn: (commands: readonly ReadyCommand[]) => Promise<T>,
  ): Promise<T> {
    const before = commands.map(({ id }) => this.#underWay.get(id));
    const run = (async () => {
      // the same id is on its way already: its answer will be this one's too
      for (const other of before) await other?.catch(() => undefined);
      return goOn(await Promise.all(commands.map((each) => this.#prepared(each))));
    })();
    for (const { id } of commands) this.#underWay.set(id, run);
    try {
      return await run;
    } finally {
      for (const { id } of commands) if (this.#underWay.get(id) === run) this.#underWay.delete(id);
    }
  }

  /** What a preview shows: the posting as the hooks leave it, and the items it would create. */
  preview(command: ReadyCommand): Promise<Asked> {
    return this.#ask(command, true);
  }

  async #prepared(command: ReadyCommand): Promise<ReadyCommand> {
    if (command.definition.hooked !== 'posting' || (await this.#isAnswered(command.id))) return command;
    try {
      const asked = await this.#ask(command, false);
      for (const item of asked.items) await this.#create(item);
      return asked.command;
    } catch (thrown) {
      // the host's no is decided like any other refusal, so that it stays the answer of this id
      if (isLedgerError(thrown) && thrown.code === 'hook.refused') return { ...command, refusal: thrown };
      throw thrown;
    }
  }

  async #isAnswered(id: string): Promise<boolean> {
    const found = await Promise.all([this.#record('receipts', id), this.#record('refusals', id)]);
    return found.some((record) => record !== undefined);
  }

  #record(collection: string, id: string): Promise<StoredRecord | undefined> {
    return this.#options.store.read(async (snapshot) => (await snapshot.get(collection, [id]))[0]);
  }

  async #ask(command: ReadyCommand, preview: boolean): Promise<Asked> {
    const answers: { -readonly [K in keyof HookAnswers]: HookAnswers[K] } = {};
    let posting = command.args as PostingInput;
    posting = await this.#beforePosting(command, posting, preview, answers);
    posting = await this.#explode(command, posting, preview, answers);
    const items = await this.#resolveItems(command, posting, preview, answers);
    const hooks = Object.keys(answers).length === 0 ? {} : { hooks: answers };
    return { command: { ...command, args: posting, ...hooks }, items };
  }

  #hook<T>(
    hook: keyof Hooks,
    command: ReadyCommand,
    preview: boolean,
    ask: (context: HookContext) => Promise<T> | T,
  ): Promise<T> {
    const { limit, closing } = this.#options;
    return askLater(hook, (signal) => ask(hookContext(command, preview, signal)), limit, closing);
  }

  /** What the host changed, read as strictly as if it had been asked so. */
  #reread(hook: keyof Hooks, command: ReadyCommand, change: () => PostingInput): PostingInput {
    try {
      return command.definition.parse(change()) as PostingInput;
    } catch (thrown) {
      throw badAnswer(hook, thrown);
    }
  }

  async #beforePosting(
    command: ReadyCommand,
    posting: PostingInput,
    preview: boolean,
    answers: { beforePosting?: object },
  ): Promise<PostingInput> {
    const { hooks } = this.#options;
    if (!hooks.beforePosting) return posting;
    const copy = structuredClone(posting);
    const said = await this.#hook('beforePosting', command, preview, (context) =>
      hooks.beforePosting?.(copy, context),
    );
    if (said === undefined || said === null) return posting;
    if (!isPresent(said)) throw badAnswer('beforePosting', new Error(`it is a ${typeof said}`));
    const { refuse } = said as Partial<Refusal>;
    if (refuse !== undefined) throw refusalOf('beforePosting', String(refuse));
    const changes = owned('beforePosting', said as PostingChanges);
    const after = this.#reread('beforePosting', command, () => changed(posting, changes));
    if (Object.keys(changes).length > 0) answers.beforePosting = changes;
    return after;
  }

  async #explode(
    command: ReadyCommand,
    posting: PostingInput,
    preview: boolean,
    answers: { explode?: HookAnswers['explode'] },
  ): Promise<PostingInput> {
    const { hooks } = this.#options;
    // whoever says what was consumed needs no recipe
    if (!hooks.explode || posting.counterpart?.lines?.length) return posting;
    const template = await this.#record('templates', templateKey(posting.warehouse, posting.template));
    if (!(template as { explodeComponents?: boolean } | undefined)?.explodeComponents) return posting;
    const exploded: { line: number; components: readonly ComponentInput[] }[] = [];
    for (const [line, { item, variant, quantity, unit, components }] of posting.lines.entries()) {
      if (components) continue;
      const asked = {
        item,
        variant: variant ?? null,
        quantity,
        unit: unit ?? null,
        warehouse: posting.warehouse,
      };
      const found = await this.#hook('explode', command, preview, (context) =>
        hooks.explode?.(asked, context),
      );
      if (found) exploded.push({ line, components: owned('explode', found) });
    }
    if (exploded.length === 0) return posting;
    const lines = [...posting.lines];
    for (const { line, components } of exploded) {
      lines[line] = { ...(lines[line] as LineInput), components: components as ComponentInput[] };
    }
    const after = this.#reread('explode', command, () => ({ ...posting, lines }));
    answers.explode = exploded;
    return after;
  }

  /** Commands that create what the host knows of the posting's unknown items. */
  async #resolveItems(
    command: ReadyCommand,
    posting: PostingInput,
    preview: boolean,
    answers: { resolveItem?: HookAnswers['resolveItem'] },
  ): Promise<Command[]> {
    const { hooks, store } = this.#options;
    if (!hooks.resolveItem) return [];
    const codes = itemsOf(posting);
    const known = await store.read((snapshot) => snapshot.get('items', codes.map(codeKey)));
    const items: Command[] = [];
    for (const code of codes.filter((_, i) => known[i] === undefined)) {
      const found = await this.#hook('resolveItem', command, preview, (context) =>
        hooks.resolveItem?.(code, context),
      );
      if (found) items.push(createItem(command, code, owned('resolveItem', found)));
    }
    if (items.length > 0) {
      answers.resolveItem = items.map(({ id, args }) => ({ item: (args as ItemInput).code, command: id }));
    }
    return items;
  }

  async #create(item: Command): Promise<void> {
    const receipt = await this.#options.execute(item);
    // somebody else was faster: it is there, which is all that was wanted
    if (receipt.outcome === 'accepted' || receipt.problem.code === 'item.duplicate') return;
    const error = LedgerError.from(receipt.problem);
    if (receipt.problem.kind === 'unavailable' || receipt.problem.kind === 'forbidden') throw error;
    throw badAnswer('resolveItem', error);
  }
}

/** The id follows from the posting's, so a retry creates nothing twice. */
function createItem({ id, actor, source }: ReadyCommand, code: string, item: ItemInput): Command {
  if (typeof item?.code !== 'string' || codeKey(item.code) !== codeKey(code))
    throw badAnswer('resolveItem', new Error(`it was asked for ${code}`));
  return {
    name: 'items.create@1',
    id: `item-${fingerprint(`${id} ${codeKey(code)}`)}`,
    args: item,
    actor,
    ...(source === undefined ? {} : { source: source as NonNullable<Command['source']> }),
  };
}
