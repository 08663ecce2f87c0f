/**
 * Master data with a code: create, update and remove are the same for every word; what differs is its
 * schema, its key, and what it checks before it is saved.
 */
import * as z from 'zod/mini';
import type { Fact } from '../../model/facts.ts';
import type { Collections, MasterName } from '../../model/records.ts';
import { read, whole } from '../../model/schema.ts';
import type { ErrorCode } from '../../ports/catalogue.ts';
import { LedgerError } from '../../ports/errors.ts';
import { codeKey } from '../../ports/keys.ts';
import type { CommandDefinition, DecideContext, View } from '../../ports/view.ts';
import { checkVersion } from '../../reading/references.ts';
import { type Fields, fieldsOf, patched, patchOf, picked, same } from './patch.ts';

/** What is known while a master record is about to be saved. */
export interface Saving<Input, Record> {
  readonly id: string;
  readonly input: Input;
  /** The record as it is; absent when it is new. */
  readonly before: Record | undefined;
  readonly view: View;
  readonly context: DecideContext;
}

/** One word of master data. */
export interface Word<T extends MasterName, Input extends object> {
  readonly table: T;
  readonly schema: z.ZodMiniType<Input>;
  readonly codes: { readonly notFound: ErrorCode; readonly duplicate: ErrorCode; readonly inUse?: ErrorCode };
  /** The record's id; by default the key of its code. */
  id?(input: Input): string;
  /** What errors say of the record, besides. */
  details?(id: string): Record<string, unknown>;
  /** Fields that make the id: they may only change in how they are written. Default: `code`. */
  readonly identity?: readonly string[];
  /** Fields in which null is a value of its own; everywhere else it clears. */
  readonly nulls?: readonly string[];
  /** Refuses what must not be saved; answers the input with references written as their owners do. */
  check?(saving: Saving<Input, Collections[T]>): Input;
  /** What else has to change with it. */
  also?(saving: Saving<Input, Collections[T]>): Fact[];
  /** Whether something refers to it that `used` does not tell. */
  isUsed?(record: Collections[T], view: View): boolean;
  /** What else has to change when it is removed. */
  alsoOnRemoval?(record: Collections[T], view: View): Fact[];
}

type Parsed = { readonly id: string; readonly version?: number | undefined };

const updateEnvelope = z.strictObject({
  id: z.string(),
  version: z.optional(whole(0, Number.MAX_SAFE_INTEGER)),
  patch: z.unknown(),
});
/** What {@link readRemove} takes. */
export const removeSchema = z.strictObject({
  id: z.string(),
  version: z.optional(whole(0, Number.MAX_SAFE_INTEGER)),
});

/** What {@link readUpdate} takes. */
export const updateSchema = (patch: z.ZodMiniType) => z.strictObject({ ...updateEnvelope.shape, patch });

/** Reads `{id, patch, version?}`; paths inside the patch are those of the record's own fields. */
export function readUpdate(schema: z.ZodMiniType, args: unknown): Parsed & { readonly patch: Fields } {
  const { id, version, patch } = read(updateEnvelope, args);
  return { id, version, patch: read(schema, patch) as Fields };
}

/** Reads `{id, version?}`. */
export const readRemove = (args: unknown): Parsed => read(removeSchema, args);

function existing<T extends MasterName, I extends object>(
  word: Word<T, I>,
  view: View,
  id: string,
): Collections[T] {
  // an id is the key of a code, so the code in any spelling is as good
  const record = view.get(word.table, codeKey(id));
  if (record) return record;
  throw new LedgerError(word.codes.notFound, { details: word.details?.(id) ?? { code: id } });
}

function checkIdentity(fields: readonly string[], before: Fields, after: Fields): void {
  for (const field of fields) {
    if (codeKey(String(before[field])) !== codeKey(String(after[field]))) {
      throw new LedgerError('command.unsupported', { path: field, details: { what: `changing ${field}` } });
    }
  }
}

function creating<T extends MasterName, I extends object>(word: Word<T, I>): CommandDefinition<I> {
  return {
    name: `${word.table}.create@1`,
    schema: word.schema,
    parse: (args) => patched({}, read(word.schema, args) as Fields, word.nulls) as I,
    decide(input, view, context) {
      const id = word.id?.(input) ?? codeKey((input as unknown as { code: string }).code);
      if (view.get(word.table, id)) {
        const details = word.details?.(id) ?? { code: (input as unknown as { code: string }).code };
        throw new LedgerError(word.codes.duplicate, { path: 'code', details });
      }
      const saving = { id, input, before: undefined, view, context };
      const record = word.check?.(saving) ?? input;
      return {
        facts: [
          { kind: 'saved', table: word.table, id, record },
          ...(word.also?.({ ...saving, input: record }) ?? []),
        ],
      };
    },
  };
}

function updating<T extends MasterName, I extends object>(
  word: Word<T, I>,
): CommandDefinition<Parsed & { readonly patch: Fields }> {
  const patch = patchOf(word.schema);
  const names = fieldsOf(word.schema);
  return {
    name: `${word.table}.update@1`,
    schema: updateSchema(patch),
    parse: (args) => readUpdate(patch, args),
    decide(args, view, context) {
      const before = existing(word, view, args.id);
      checkVersion(before, args.version);
      const old = picked(before, names);
      const input = read(word.schema, patched(old, args.patch, word.nulls)) as I;
      checkIdentity(word.identity ?? ['code'], old, input as Fields);
      const { id } = before;
      const saving = { id, input, before, view, context };
      const record = word.check?.(saving) ?? input;
      const also = word.also?.({ ...saving, input: record }) ?? [];
      if (same(old, record)) return { facts: also };
      return { facts: [{ kind: 'saved', table: word.table, id, record }, ...also] };
    },
  };
}

function removing<T extends MasterName, I extends object>(word: Word<T, I>): CommandDefinition<Parsed> {
  return {
    name: `${word.table}.remove@1`,
    schema: removeSchema,
    parse: readRemove,
    decide(args, view) {
      const record = existing(word, view, args.id);
      checkVersion(record, args.version);
      if (word.codes.inUse && (record.used || word.isUsed?.(record, view))) {
        throw new LedgerError(word.codes.inUse, { details: word.details?.(args.id) ?? { code: args.id } });
      }
      return {
        facts: [
          { kind: 'removed', table: word.table, id: record.id },
          ...(word.alsoOnRemoval?.(record, view) ?? []),
        ],
      };
    },
  };
}

/** The three commands of one word. */
export function masterCommandsOf<T extends MasterName, I extends object>(
  word: Word<T, I>,
): CommandDefinition[] {
  return [creating(word), updating(word), removing(word)] as unknown as CommandDefinition[];
}
