/** The engine over near and far stores: groups, atomic units, misses, receipts, the feed. */
import { describe, expect, it } from 'vitest';
import { memory } from '../../../src/adapters/stores/memory/index.ts';
import { type Ledger, openLedger } from '../../../src/core/index.ts';
import type { StoreAdapter } from '../../../src/core/ports/store.ts';
import { farStore } from './far-store.ts';

const options = { actor: 'maria', timeZone: 'Europe/Rome', now: () => new Date('2026-11-22T09:00:00Z') };

async function dairy(adapter: StoreAdapter): Promise<Ledger> {
  const ledger = await openLedger(adapter, options);
  await ledger.codeTypes.create({
    code: 'N',
    kind: 'lot',
    parts: [{ source: 'number', length: 5, fill: '0' }],
    firstNumber: 1,
  });
  await ledger.items.create({
    code: 'MILK',
    unit: { code: 'PCE', decimals: 0 },
    lots: { codeType: 'N', withdrawal: 'fefo', shelfLifeDays: 30 },
  });
  await ledger.warehouses.create({ code: 'MAIN' });
  await ledger.templates.create({ warehouse: 'MAIN', code: 'LOA', type: 'load', tracksLots: true });
  await ledger.templates.create({ warehouse: 'MAIN', code: 'UNL', type: 'unload', tracksLots: true });
  return ledger;
}

const load = (quantity: string, date = '2026-11-20') => ({
  warehouse: 'MAIN',
  template: 'LOA',
  date,
  lines: [{ item: 'MILK', quantity, lots: 'auto' as const }],
});
const unload = (quantity: string, date = '2026-11-20') => ({ ...load(quantity, date), template: 'UNL' });

/** Everything a host can see, without what differs between two ledgers by nature. */
async function everything(ledger: Ledger): Promise<unknown> {
  const [lots, postings] = await Promise.all([ledger.lots.list(), ledger.postings.list()]);
  return {
    lots: lots.items.map(({ code, onHand, stock, initialQuantity }) => ({
      code,
      onHand,
      stock,
      initialQuantity,
    })),
    postings: postings.items.map(({ number, lines }) => ({
      number,
      lots: lines.flatMap((line) => line.lots.map((row) => [row.code, row.quantity])),
    })),
  };
}

async function story(ledger: Ledger): Promise<unknown> {
  const codes: string[] = [];
  const first = await ledger.postings.post(load('10'));
  await Promise.all([1, 2, 3].map((n) => ledger.postings.post(load(String(n)))));
  await ledger.postings.post(unload('4'));
  await ledger.postings.post(unload('99')).catch((error) => codes.push(error.code));
  await ledger.postings
    .reverse(first.id, { date: '2026-11-22', reason: 'x' })
    .catch((error) => codes.push(error.code));
  return { codes, ...((await everything(ledger)) as object), verified: (await ledger.verify()).ok };
}

describe('engine', () => {
  it('does the same over a far store as in memory, in a bounded number of round trips', async () => {
    const far = farStore(memory());
    const [near, away] = [await dairy(memory()), await dairy(far)];
    const before = far.reads.count;
    expect(await story(away)).toEqual(await story(near));
    expect(far.reads.count - before).toBeLessThan(60);
  });

  it('answers many callers of one turn with one commit each group', async () => {
    const adapter = memory();
    const ledger = await dairy(adapter);
    let commits = 0;
    const store = await adapter.open([], 1);
    store.watch(() => commits++);
    await Promise.all(Array.from({ length: 300 }, () => ledger.postings.post(load('1'))));
    expect(commits).toBeLessThanOrEqual(3);
    expect((await ledger.lots.list({ limit: 1 })).items).toHaveLength(1);
    expect((await ledger.verify()).ok).toBe(true);
  });

  it('applies an atomic group whole or not at all', async () => {
    const ledger = await dairy(memory());
    const command = (id: string, args: unknown) => ({ name: 'posting.post@1', id, args });
    const seq = ledger.status().seq;
    const receipts = await ledger.port.execute([command('a', load('5')), command('b', unload('9'))], {
      atomic: true,
    });
    expect(receipts.map((receipt) => receipt.outcome === 'refused' && receipt.problem.code)).toEqual([
      'command.notApplied',
      'lot.insufficient',
    ]);
    expect(ledger.status().seq).toBe(seq);
    const both = await ledger.port.execute([command('c', load('5')), command('d', unload('5'))], {
      atomic: true,
    });
    expect(both.map((receipt) => receipt.outcome)).toEqual(['accepted', 'accepted']);
    const again = await ledger.port.execute([command('c', load('5')), command('d', unload('5'))], {
      atomic: true,
    });
    expect(again.map((receipt) => receipt.outcome === 'accepted' && receipt.replayed)).toEqual([true, true]);
    expect((await ledger.lots.list()).items.map((lot) => lot.onHand)).toEqual(['0']);
  });

  it('tells every commit once, in order, to those who follow the feed', async () => {
    const ledger = await dairy(memory());
    const from = ledger.status().seq;
    const heard: number[] = [];
    const stop = ledger.subscribe((event) => heard.push(event.seq));
    const abort = new AbortController();
    const feed = (async () => {
      const seen: number[] = [];
      for await (const event of ledger.changes({ after: from, signal: abort.signal })) {
        seen.push(event.seq);
        if (seen.length === 20) return seen;
      }
      return seen;
    })();
    for (let i = 0; i < 4; i++) await Promise.all([1, 2, 3, 4, 5].map(() => ledger.postings.post(load('1'))));
    const expected = Array.from({ length: 20 }, (_, i) => from + 1 + i);
    expect(await feed).toEqual(expected);
    await expect.poll(() => heard).toEqual(expected);
    stop();
    abort.abort();
  });

  it('tells those who follow the feed of a commit that comes while they look for one', async () => {
    const real = memory();
    let between = async (): Promise<void> => undefined;
    const ledger = await dairy({
      ...real,
      async open(...how) {
        const store = await real.open(...how);
        const tail = store.tail.bind(store);
        store.tail = async (...asked) => {
          const found = await tail(...asked);
          if (found.length === 0) await between();
          return found;
        };
        return store;
      },
    });
    between = async () => {
      between = async () => undefined;
      await ledger.postings.post(load('1'));
    };
    const { seq } = ledger.status();
    for await (const event of ledger.changes({ after: seq })) {
      expect(event.seq).toBe(seq + 1);
      break;
    }
  });

  it('R88 an id that settled on an earlier posting stays settled on it', async () => {
    const ledger = await dairy(memory());
    const keyed = { ...load('5'), key: 'DN-1' };
    const first = await ledger.postings.post(keyed, { commandId: 'a' });
    const second = await ledger.postings.post(keyed, { commandId: 'b' });
    expect(second.id).toBe(first.id);
    await ledger.postings.reverse(first.id, { date: '2026-11-22', reason: 'wrong' });
    expect((await ledger.postings.post(keyed, { commandId: 'b' })).id).toBe(first.id);
    await expect(ledger.postings.post(load('6'), { commandId: 'b' })).rejects.toMatchObject({
      code: 'command.mismatch',
    });
    expect((await ledger.postings.post(keyed, { commandId: 'c' })).id).not.toBe(first.id);
  });

  it('refuses everything once closed', async () => {
    const ledger = await dairy(memory());
    await ledger.close();
    await expect(ledger.postings.post(load('1'))).rejects.toMatchObject({ code: 'store.closed' });
    await expect(ledger.lots.list()).rejects.toMatchObject({ code: 'store.closed' });
  });
});
