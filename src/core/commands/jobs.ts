/**
 * `jobs.start@1 {command, targets, patch, descendants?}`: freezes a mass change (R137). Nothing changes yet:
 * whoever runs the job sends one command per target, under an id made of the job's and the target's number.
 */
import * as z from 'zod/mini';
import type { Fact } from '../model/facts.ts';
import { limits, read } from '../model/schema.ts';
import type { JobCommand } from '../model/views-jobs.ts';
import { LedgerError } from '../ports/errors.ts';
import type { CommandDefinition, View } from '../ports/view.ts';
import { gather } from '../ports/view.ts';
import { type Reached, reach } from '../reading/genealogy.ts';
import { EVERYTHING } from '../rules/genealogy.ts';
import { changeArgs, jobCommands, registerOf } from '../rules/jobs.ts';
import { transitLot } from './lots/transition.ts';
import { lotPatch, updateLot } from './lots/update.ts';
import { transitSerial } from './serials/transition.ts';
import { serialPatch, updateSerial } from './serials/update.ts';
import { transitionArgs } from './shared/transition.ts';

const startInput = z.strictObject({
  command: z.enum(Object.keys(jobCommands) as JobCommand[]),
  /** Ids of lots or serials. */
  targets: z.array(z.string()).check(z.maxLength(limits.rows, { error: 'limit.lines' })),
  patch: z.record(z.string(), z.unknown()),
  /** What was made of the lots too, and of what was made of them. */
  descendants: z.optional(z.boolean()),
});
/** One of them with the patch its command takes. */
const startOf = (command: JobCommand, patch: z.ZodMiniType) =>
  z.strictObject({ ...startInput.shape, command: z.literal(command), patch });
const changing = z.omit(transitionArgs, { id: true });
const startArgs = z.union([
  startOf('lots.update', lotPatch),
  startOf('lots.transition', changing),
  startOf('serials.update', serialPatch),
  startOf('serials.transition', changing),
]);
type StartInput = z.infer<typeof startInput>;

const definitions = {
  'lots.update': updateLot,
  'lots.transition': transitLot,
  'serials.update': updateSerial,
  'serials.transition': transitSerial,
} as const satisfies Record<JobCommand, unknown>;

/** Refuses at once what every single change would be refused for. */
function checkPatch({ command, patch }: StartInput): void {
  // which lot or serial it is of, the targets say
  if (Object.hasOwn(patch, 'id')) {
    throw new LedgerError('field.unknown', { path: 'patch.id', details: { name: 'id' } });
  }
  try {
    definitions[command].parse(changeArgs(jobCommands[command], 'each', patch));
  } catch (thrown) {
    if (!(thrown instanceof LedgerError)) throw thrown;
    const path = thrown.path === undefined ? 'patch' : `patch.${thrown.path}`;
    throw new LedgerError(thrown.code, { path, details: thrown.details });
  }
}

/** The targets and all that came of them, as it stands now. */
function withDescendants(view: View, kind: 'lot' | 'serial', targets: readonly string[]): string[] {
  const roots = gather(targets, (id): Reached => {
    const record = view.get(kind === 'lot' ? 'lots' : 'serials', id);
    return { id, kind, item: record?.item ?? '', depth: 0 };
  });
  // stock in neither lot nor serial is everybody's: it leads on to nothing that can be changed
  const reached = reach(view, roots, 'forward', { ...EVERYTHING, items: false }, 'decider');
  return reached.filter((node) => node.kind === kind).map((node) => node.id);
}

const start: CommandDefinition<StartInput> = {
  name: 'jobs.start@1',
  schema: startArgs,
  parse(args) {
    const input = read(startInput, args);
    checkPatch(input);
    return input;
  },
  decide({ command, patch, descendants, ...input }, view, context) {
    const named = [...new Set(input.targets)];
    const kind = registerOf(command) === 'lots' ? 'lot' : 'serial';
    const targets = descendants ? withDescendants(view, kind, named) : named;
    if (targets.length === 0) throw new LedgerError('job.empty', { path: 'targets' });
    if (targets.length > limits.rows) throw new LedgerError('limit.lines', { details: { max: limits.rows } });
    const job = {
      id: context.newId(),
      command: jobCommands[command],
      targets,
      patch,
      reason: context.reason ?? null,
    };
    const facts: Fact[] = [{ kind: 'jobStarted', job }];
    return { facts };
  },
};

export const jobCommandDefinitions = [start] as unknown as CommandDefinition[];
