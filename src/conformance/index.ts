/**
 * The conformance kit: what every store has to do, in numbered sections. An adapter's author passes a test
 * runner and a harness; the ledger's own tables and random data are in the kit. It needs no test library
 * and runs in a plain browser page as well.
 *
 * @example
 * import { describe, it } from 'vitest';
 * import { conformance } from 'lotledger/conformance';
 *
 * conformance({ describe, it }, {
 *   name: 'my store',
 *   open: (place, tables, schema) => myStore(place).open(tables, schema),
 * });
 */
import type { Harness, KitOptions, Runner } from './harness.ts';
import { Kit } from './kit.ts';
import { records } from './sections/01-records.ts';
import { unique } from './sections/02-unique.ts';
import { paging } from './sections/03-paging.ts';
import { questions } from './sections/04-questions.ts';
import { atomicity } from './sections/05-atomicity.ts';
import { conflicts } from './sections/06-conflicts.ts';
import { races } from './sections/07-races.ts';
import { crashes } from './sections/08-crashes.ts';
import { unknown } from './sections/09-unknown.ts';
import { feed } from './sections/10-feed.ts';
import { reopening } from './sections/11-reopening.ts';
import { checkpoints } from './sections/12-checkpoints.ts';
import { limits } from './sections/13-limits.ts';
import { newer } from './sections/14-newer.ts';

export type { ArmedFault, CrashHooks, Harness, KitOptions, Runner } from './harness.ts';

const sections: readonly ((kit: Kit) => void)[] = [
  records,
  unique,
  paging,
  questions,
  atomicity,
  conflicts,
  races,
  crashes,
  unknown,
  feed,
  reopening,
  checkpoints,
  limits,
  newer,
];

/**
 * Registers the whole kit, or the sections asked for, with a test runner.
 * @param runner `describe` and `it` of any test runner
 * @param harness how to open the store under test, and what can be done to it
 */
export function conformance(runner: Runner, harness: Harness, options: KitOptions = {}): void {
  const kit = new Kit(runner, harness, options);
  runner.describe(`conformance of ${harness.name}`, () => {
    for (const [i, section] of sections.entries()) {
      if (options.sections === undefined || options.sections.includes(i + 1)) section(kit);
    }
  });
}
