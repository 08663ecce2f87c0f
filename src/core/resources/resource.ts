/**
 * What every resource does: sends a command with an id of its own, throws what was refused, and reads the
 * fresh record.
 */
import { nanoid } from 'nanoid';
import type { FieldValue, HistoryEntry, ListQuery, Page, ValuesQuery } from '../model/views.ts';
import { LedgerError } from '../ports/errors.ts';
import type { AskOptions, Command, LedgerPort } from '../ports/ledger.ts';

/** What may be said with any change. */
export interface ChangeOptions {
  /** Why; some changes require it. */
  readonly reason?: string;
  readonly source?: Command['source'];
  /** Id of the command, 1–64 printable characters; the same id has one effect. Made here when absent. */
  readonly commandId?: string;
  /** Who, when it is not the ledger's actor. */
  readonly actor?: string;
  /** Going against a rule that the actor may override, and why. */
  readonly force?: { readonly reason: string };
}

/** Besides, for a change of a record: the version it was made on. A stale one is `concurrency.stale`. */
export interface UpdateOptions extends ChangeOptions {
  readonly version?: number;
}

/** Edits of a record: undefined keeps, null clears. */
export type Patch<T> = { readonly [K in keyof T]?: T[K] | null | undefined };

/** Sends one command; a refusal is thrown. */
export async function send<R>(
  port: LedgerPort,
  name: string,
  args: unknown,
  { commandId, reason, source, actor, force }: ChangeOptions = {},
): Promise<R> {
  const command: Command = {
    name,
    id: commandId ?? nanoid(),
    args,
    ...(reason === undefined ? {} : { reason }),
    ...(source === undefined ? {} : { source }),
    ...(actor === undefined ? {} : { actor }),
    ...(force === undefined ? {} : { force }),
  };
  const [receipt] = await port.execute([command]);
  if (!receipt) throw new LedgerError('store.unknown');
  if (receipt.outcome === 'refused') throw LedgerError.from(receipt.problem);
  return receipt.result as R;
}

/** Asks one question. */
export const ask = <R>(port: LedgerPort, name: string, args: unknown, options?: AskOptions): Promise<R> =>
  port.query(name, args, options) as Promise<R>;

/** What can list the values of its fields. */
export interface Valued {
  /**
   * The values of a field and how many records have each, in their order, `null` last: among the records that
   * the filters of the *other* fields leave, so that a checklist also shows what could be ticked besides.
   * Codes that differ only in case are one value.
   * @param field a filter that `capabilities.queries['….list'].values` names
   * @throws LedgerError `query.unsupported` for a field whose values cannot be listed
   * @example
   * (await ledger.lots.values('item', { filter: { state: 'open' }, search: 'milk' })).items
   * // [{ value: 'MILK', label: 'Whole milk 1 L', count: 3 }]
   */
  values(field: string, query?: ValuesQuery, options?: AskOptions): Promise<Page<FieldValue>>;
}

export const valued = (port: LedgerPort, name: string): Valued => ({
  values: (field, query = {}, options) => ask(port, `${name}.values`, { field, ...query }, options),
});

/** A resource with the usual verbs. */
export interface CrudResource<View, Input, Ref = string> extends Valued {
  /** @throws LedgerError `<word>.duplicate`, and what the fields refuse */
  create(input: Input, options?: ChangeOptions): Promise<View>;
  /**
   * Changes a record, named by its id or as `get` names it.
   * @throws LedgerError `concurrency.stale` when `version` is not the record's
   */
  update(ref: Ref | string, patch: Patch<Input>, options?: UpdateOptions): Promise<View>;
  /** @throws LedgerError `<word>.notFound` */
  get(ref: Ref): Promise<View>;
  /** @throws LedgerError `<word>.inUse` when something refers to it */
  remove(ref: Ref | string, options?: UpdateOptions): Promise<void>;
  list(query?: ListQuery, options?: AskOptions): Promise<Page<View>>;
}

interface Identified {
  readonly id: string | null;
}

/** The id a change is sent to: a text is one, anything else is looked up. */
export async function idOf(port: LedgerPort, name: string, ref: unknown): Promise<string> {
  if (typeof ref === 'string') return ref;
  return (await ask<{ readonly id: string }>(port, `${name}.get`, ref)).id;
}

/** A question to a history. */
export interface HistoryQuery {
  /** Only this field, or these; inside an object by its path: `lots.shelfLifeDays`. */
  readonly field?: string | readonly string[];
  readonly limit?: number;
  readonly cursor?: string;
}

/** What keeps a history of its changes. */
export interface Historied<Ref = string> {
  /**
   * What was changed on it, by whom, when and why, newest first (R121).
   * @example await ledger.items.history('MILK', { field: 'lots.shelfLifeDays' })
   */
  history(ref: Ref | string, query?: HistoryQuery): Promise<Page<HistoryEntry>>;
}

/** The history of the records of one collection; a text names one by its id. */
export const historied = <Ref = string>(
  port: LedgerPort,
  name: string,
  keyOf?: (ref: Ref | string) => string,
): Historied<Ref> => ({
  async history(ref, query = {}) {
    const id = keyOf ? keyOf(ref) : await idOf(port, name, ref);
    return ask(port, `${name}.history`, { id, ...query });
  },
});

/** What a question is sent of a reference: a text is an id. */
export const refOf = (ref: string | object): object => (typeof ref === 'string' ? { id: ref } : ref);

/** The usual verbs over the commands and queries of one collection. */
export function crud<View, Input, Ref = string>(
  port: LedgerPort,
  name: string,
  refOf: (ref: Ref) => unknown = (ref) => ({ id: ref }),
): CrudResource<View, Input, Ref> {
  const get = (ref: unknown): Promise<View> => ask(port, `${name}.get`, ref);
  return {
    async create(input, options) {
      const made = await send<Identified>(port, `${name}.create@1`, input, options);
      return get({ id: made.id });
    },
    async update(ref, patch, { version, ...options } = {}) {
      const id = await idOf(port, name, ref);
      const args = version === undefined ? { id, patch } : { id, patch, version };
      await send(port, `${name}.update@1`, args, options);
      return get({ id });
    },
    get: (ref) => get(refOf(ref)),
    async remove(ref, { version, ...options } = {}) {
      const id = await idOf(port, name, ref);
      await send(port, `${name}.remove@1`, version === undefined ? { id } : { id, version }, options);
    },
    list: (query = {}, options) => ask(port, `${name}.list`, query, options),
    ...valued(port, name),
  };
}

/** Master data: the usual verbs, and its history. */
export type MasterResource<View, Input, Ref = string> = CrudResource<View, Input, Ref> & Historied<Ref>;

/**
 * Master data of one collection.
 * @param keyOf the id of a record that may be gone by now: its history stays
 */
export const master = <View, Input, Ref = string>(
  port: LedgerPort,
  name: string,
  refOf?: (ref: Ref) => unknown,
  keyOf: (ref: Ref | string) => string = (ref) => String(ref),
): MasterResource<View, Input, Ref> => ({
  ...crud<View, Input, Ref>(port, name, refOf),
  ...historied<Ref>(port, name, keyOf),
});
