/** One change of all that is ticked, as a job of a real ledger: progress, stopping, results, the failed again. */
import { describe, expect, it } from 'vitest';
import { memory } from '../../src/adapters/stores/memory/index.ts';
import { BulkRun } from '../../src/components/controllers/register/bulk-run.ts';
import { type Ledger, LedgerError, openLedger } from '../../src/core/index.ts';

async function ledgerWithLots(count: number): Promise<Ledger> {
  const ledger = await openLedger(memory(), { actor: 'maria', timeZone: 'Europe/Rome' });
  await ledger.lotStatuses.create({ code: 'HOLD', description: 'On hold', available: false });
  await ledger.items.create({ code: 'MILK', unit: { code: 'PCE', decimals: 0 }, lots: {} });
  for (let i = 0; i < count; i++) await ledger.lots.create({ item: 'MILK', code: `L${i}` });
  return ledger;
}

describe('a mass change', () => {
  it('of all that match but some runs to its end, and tells how far it is', async () => {
    const ledger = await ledgerWithLots(150);
    const except = (await ledger.lots.list({ limit: 3 })).items.map(({ id }) => id);
    const told: (number | undefined)[] = [];
    const run: BulkRun = new BulkRun({ jobs: () => ledger.jobs, changed: () => told.push(run?.progress) });
    await run.start({
      command: 'lots.update',
      target: { filter: { item: 'MILK' }, except },
      patch: { status: 'HOLD' },
      reason: 'Complaint 17',
    });
    expect(run).toMatchObject({ phase: 'done', busy: false, problem: null, refused: [] });
    expect(run.counts).toEqual({ total: 147, done: 147, refused: 0, pending: 0 });
    expect(told.filter((part) => part !== undefined && part > 0 && part < 1)).not.toEqual([]);
    const held = await ledger.lots.list({ filter: { status: 'HOLD' }, limit: 500 });
    expect(held.items).toHaveLength(147);
  });

  it('stops when told to, keeps what is done, and goes on', async () => {
    const ledger = await ledgerWithLots(200);
    const ids = (await ledger.lots.list({ limit: 500 })).items.map(({ id }) => id);
    let stop = true;
    const run: BulkRun = new BulkRun({
      jobs: () => ledger.jobs,
      changed: () => {
        if (stop && run?.counts?.done) run.cancel();
      },
    });
    await run.start({ command: 'lots.update', target: { ids }, patch: { status: 'HOLD' } });
    expect(run.phase).toBe('stopped');
    expect(run.counts?.done).toBe(64);
    stop = false;
    await run.resume();
    expect(run.counts).toMatchObject({ done: 200, pending: 0 });
    expect(run.phase).toBe('done');
  });

  it('lists what was refused, and does the same again for it alone', async () => {
    const ledger = await ledgerWithLots(4);
    const lots = (await ledger.lots.list({})).items;
    const [first] = lots;
    if (!first) throw new Error('no lot');
    const run = new BulkRun({ jobs: () => ledger.jobs, changed: () => {} });
    const ids = lots.map(({ id }) => id);
    const jobs = ledger.jobs;
    const starting = { ...jobs };
    // The lot goes between freezing and running.
    starting.run = async (id, how) => {
      await ledger.lots.remove(first.id).catch(() => {});
      return jobs.run(id, how);
    };
    const racing = new BulkRun({ jobs: () => starting, changed: () => {} });
    await racing.start({ command: 'lots.update', target: { ids }, patch: { status: 'HOLD' } });
    expect(racing.counts).toMatchObject({ total: 4, done: 3, refused: 1 });
    expect(racing.refused).toMatchObject([
      { id: first.id, outcome: 'refused', problem: { kind: 'missing' } },
    ]);
    const before = racing.job;
    await racing.retryFailed();
    expect(racing.job).not.toBe(before);
    expect(racing.counts).toMatchObject({ total: 1, refused: 1 });
    await run.start({ command: 'lots.update', target: { ids: [] }, patch: { status: 'HOLD' } });
    expect(run).toMatchObject({ phase: 'failed', problem: { code: 'job.empty' } });
  });

  it('fails where the ledger does not answer, and can be gone on with', async () => {
    const ledger = await ledgerWithLots(3);
    const ids = (await ledger.lots.list({})).items.map(({ id }) => id);
    let down = true;
    const jobs = {
      ...ledger.jobs,
      run: async (...args: Parameters<Ledger['jobs']['run']>) => {
        if (down) throw new LedgerError('store.unavailable');
        return ledger.jobs.run(...args);
      },
    };
    const failures: unknown[] = [];
    const run = new BulkRun({ jobs: () => jobs, changed: () => {}, failed: (error) => failures.push(error) });
    await run.start({ command: 'lots.update', target: { ids }, patch: { status: 'HOLD' } });
    expect(run).toMatchObject({ phase: 'failed', problem: { code: 'store.unavailable' } });
    expect(failures).toHaveLength(1);
    down = false;
    await run.resume();
    expect(run).toMatchObject({ phase: 'done', problem: null });
  });
});
