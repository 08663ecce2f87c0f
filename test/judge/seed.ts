/**
 * Which game is played: the seed of the environment, or a new one; a small share of the full size but in a soak;
 * and what it came to, in one line.
 */
import type { Judged } from './run.ts';

export function seedFrom(given: string | undefined): number {
  const seed = Number(given);
  return given !== undefined && given !== '' && Number.isInteger(seed) ? seed : Date.now() % 1_000_000_000;
}

/** @param share the part of the full size that is played but in a soak */
export function commandsFrom(
  environment: Record<string, string | undefined>,
  full: number,
  share: number,
): number {
  const chosen = Number(environment.LOTLEDGER_COMMANDS);
  if (Number.isInteger(chosen) && chosen > 0) return chosen;
  return environment.LOTLEDGER_SOAK === '1' ? full : Math.round(full * share);
}

export function told({ commands, accepted, refused, codes, lots, serials, postings }: Judged): string {
  const kinds = Object.keys(codes).length;
  const stock = `${postings} postings, ${lots} lots, ${serials} serials`;
  return `${commands} commands agree (${accepted} accepted, ${refused} refused with ${kinds} codes; ${stock})`;
}
