/** Jobs: which commands they may be made of, and under which id each change of one runs (R137). */
import type { JobCommand } from '../model/views-jobs.ts';
import { textsDigest } from '../ports/chain.ts';

/** What a job may do to many lots or serials, and the version of the command it freezes. */
export const jobCommands = {
  'lots.update': 'lots.update@1',
  'lots.transition': 'lots.transition@1',
  'serials.update': 'serials.update@1',
  'serials.transition': 'serials.transition@1',
} as const satisfies Record<JobCommand, string>;

/** Which register a job changes. */
export const registerOf = (command: string): 'lots' | 'serials' =>
  command.startsWith('serials.') ? 'serials' : 'lots';

const MAX_ID = 64;

/**
 * Id of the n-th change of a job: the same for whoever goes on with it, so that it is done once. Of a job with
 * a long id the digest stands for it.
 * @example changeId('spring.0', 12) // 'spring.0:12'
 */
export function changeId(job: string, n: number): string {
  const id = `${job}:${n}`;
  return id.length <= MAX_ID ? id : `${textsDigest([job]).slice(0, 40)}:${n}`;
}

/** What the n-th command of a job says. */
export const changeArgs = (command: string, id: string, patch: Readonly<Record<string, unknown>>): object =>
  command.includes('.transition@') ? { ...patch, id } : { id, patch };
