/** What the soak and its server processes agree upon. */

/** The clock of every server stands still: what is proved is not about time. */
export const NOW = '2026-11-20T12:00:00Z';

/** The days postings are dated on, the last one today. */
export const DAYS = ['2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19', '2026-11-20'] as const;

export const ITEM = 'MILK';
export const WAREHOUSE = 'MAIN';
/** The same ten for everybody. */
export const LOTS: readonly string[] = Array.from({ length: 10 }, (_, i) => `L${i}`);

/** Milliseconds between two counts that a server process tells. */
export const TELL_EVERY = 250;

export const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
