/** Jobs of a made-up ledger: every third record is refused the first time, none when it is tried again. */

interface Input {
  readonly command: string;
  readonly ids?: readonly string[];
  readonly filter?: unknown;
  readonly patch: Readonly<Record<string, unknown>>;
}

interface FakeJob {
  readonly id: string;
  readonly input: Input;
  readonly ids: readonly string[];
  readonly refused: readonly string[];
  ran: boolean;
}

/** What was asked of the jobs, for a test to look at. */
export const startedJobs: unknown[] = [];

export function fakeJobs(): unknown {
  const all: FakeJob[] = [];
  const state = ({ id, ids, refused, ran, input }: FakeJob) => ({
    id,
    command: input.command,
    patch: input.patch,
    size: ids.length,
    counts: {
      total: ids.length,
      done: ran ? ids.length - refused.length : 0,
      refused: ran ? refused.length : 0,
      pending: ran ? 0 : ids.length,
    },
  });
  const find = (id: string): FakeJob => all.find((job) => job.id === id) as FakeJob;
  const begin = (input: Input, ids: readonly string[], again: boolean) => {
    const refused = again ? [] : ids.filter((_, i) => i % 3 === 2);
    const job = { id: `job-${all.length + 1}`, input, ids, refused, ran: false };
    all.push(job);
    return state(job);
  };
  return {
    start: async (input: Input, options: unknown) => {
      startedJobs.push({ ...input, options });
      return begin(input, input.ids ?? Array.from({ length: 46 }, (_, i) => `lot-${i}`), false);
    },
    run: async (id: string, { onProgress }: { onProgress?: (counts: unknown) => void } = {}) => {
      const job = find(id);
      onProgress?.(state(job).counts);
      job.ran = true;
      return state(job);
    },
    get: async (id: string) => state(find(id)),
    results: async (id: string) => ({
      items: find(id).refused.map((lot, n) => ({
        n,
        id: lot,
        item: 'MILK',
        code: lot.replace('lot-', ''),
        outcome: 'refused',
        seq: null,
        problem: { kind: 'rule', code: 'concurrency.stale', details: {} },
        failing: [],
      })),
      asOf: { seq: 1, date: '2026-11-22' },
    }),
    retry: async (id: string) => {
      const job = find(id);
      return begin(job.input, job.refused, true);
    },
  };
}
