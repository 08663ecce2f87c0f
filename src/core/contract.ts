/**
 * What may be asked of a ledger, by name and with the shape of its arguments: for whoever offers a ledger to
 * others and has to describe it, such as a server. Brings the engine's commands and questions along, so only
 * the far end of a wire loads it.
 */
import type { ZodMiniType } from 'zod/mini';
import { masterCommands } from './commands/index.ts';
import { postingCommands } from './commands/posting/index.ts';
import { componentInput, documentInput, lineInput, lotRowInput, serialRowInput } from './model/posting.ts';
import type { LedgerCapabilities } from './ports/ledger.ts';
import type { CommandDefinition, QueryDefinition } from './ports/view.ts';
import { listCapabilities, lists, queries } from './queries/index.ts';
import { filterSchema, listSchema, summarySchema, valuesSchema } from './queries/lists/shape.ts';
import { resourceOf } from './queries/lists/values.ts';

/** A command or a question, and what its arguments are. */
export interface Contract {
  /** As it is sent: `posting.post@1`, `lots.list`. */
  readonly name: string;
  /**
   * What the arguments are. It takes what the ledger takes; where a rule hangs on several members at once it
   * may take more.
   */
  readonly schema: ZodMiniType;
}

const contractOf = ({ name, schema }: CommandDefinition | QueryDefinition): Contract => ({ name, schema });

/** Of lists the names they offer are in the schema too. */
const ofLists = new Map<string, ZodMiniType>(
  lists.flatMap((spec): [string, ZodMiniType][] => [
    [spec.name, listSchema(spec)],
    [`${resourceOf(spec)}.values`, valuesSchema(spec)],
    ...(spec.groups ? [[`${resourceOf(spec)}.summary`, summarySchema(spec)] as [string, ZodMiniType]] : []),
  ]),
);

/** Every command, in the order of the words they are about. */
export const commandContracts: readonly Contract[] = [...masterCommands, ...postingCommands].map(contractOf);

/** Every question. */
export const queryContracts: readonly Contract[] = queries.map((query) => ({
  ...contractOf(query),
  schema: ofLists.get(query.name) ?? query.schema,
}));

/** What a ledger of ours offers of each question: the sorts, filters and comparisons of every list. */
export const offeredQueries: LedgerCapabilities['queries'] = listCapabilities;

/** `lots` → `LotsFilter`. */
const filterName = (resource: string): string =>
  `${resource.charAt(0).toUpperCase()}${resource.slice(1)}Filter`;

/** Parts that many arguments have in common, by the names they go under in a description. */
export const sharedParts: Readonly<Record<string, ZodMiniType>> = {
  LineInput: lineInput,
  LotRowInput: lotRowInput,
  SerialRowInput: serialRowInput,
  ComponentInput: componentInput,
  DocumentInput: documentInput,
  ...Object.fromEntries(lists.map((spec) => [filterName(resourceOf(spec)), filterSchema(spec)])),
};
