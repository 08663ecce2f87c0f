/** Section 12: a checkpoint changes how the data lies, and nothing else, wherever it is interrupted. */
import type { Store } from '../../core/adapter-kit.ts';
import { equal, ok, within } from '../assert.ts';
import { type Case, type Cases, committed, type Kit } from '../kit.ts';
import { batch, note, THINGS, thing } from '../tables.ts';
import { contents } from './11-reopening.ts';

const work = async (store: Store, from: number, count: number): Promise<void> => {
  for (let i = from; i < from + count; i++) {
    const deletes = i % 9 === 8 ? [{ collection: THINGS, id: `t${i - 5}` }] : [];
    await committed(store, batch([thing(`t${i}`, { rank: i % 5 }), note('n', String(i))], { deletes }));
  }
};

const checkpoint = async (kit: Kit, store: Store): Promise<void> => kit.harness.checkpoint?.(store);

const cases: Cases = {
  async 'nothing is different after one, here and in the next program'(it, kit) {
    const store = await it.open();
    await work(store, 0, 30);
    const before = await contents(store);
    await checkpoint(kit, store);
    equal(await contents(store), before, 'in this program');
    await store.close();
    equal(await contents(await it.reopen()), before, 'in the next one');
  },

  async 'commits between and after checkpoints are kept'(it, kit) {
    let store = await it.open();
    for (let round = 0; round < 4; round++) {
      await work(store, round * 20, 20);
      await checkpoint(kit, store);
      await work(store, round * 20 + 1000, 7);
      const before = await contents(store);
      await store.close();
      store = await it.reopen();
      equal(await contents(store), before, `round ${round}`);
    }
  },

  async 'commits while checkpoints run are kept'(it, kit) {
    const store = await it.open();
    await work(store, 0, 40);
    let working = true;
    const checkpointing = (async () => {
      while (working) {
        await checkpoint(kit, store);
        await new Promise((resolve) => setTimeout(resolve, 0));
      }
    })();
    await work(store, 100, 20);
    working = false;
    await checkpointing;
    const before = await contents(store);
    await store.close();
    equal(await contents(await it.reopen()), before, 'everything');
  },

  async 'another handle does not mind'(it, kit) {
    const [store, other] = [await it.open(), await it.open()];
    await work(store, 0, 20);
    await other.refresh?.();
    await checkpoint(kit, store);
    await work(other, 100, 10);
    await checkpoint(kit, other);
    await work(store, 200, 5);
    equal(await contents(other), await contents(store), 'both handles');
  },

  async 'two at once, and one with nothing to do'(it, kit) {
    const [store, other] = [await it.open(), await it.open()];
    await checkpoint(kit, store);
    await work(store, 0, 25);
    await other.refresh?.();
    await Promise.all([checkpoint(kit, store), checkpoint(kit, other)]);
    await checkpoint(kit, store);
    const before = await contents(store);
    equal(await contents(await it.reopen()), before, 'everything');
  },
};

async function dies(it: Case, kit: Kit, point: string): Promise<void> {
  const store = await it.open();
  await work(store, 0, 15);
  await checkpoint(kit, store);
  await work(store, 50, 15);
  const before = await contents(store);
  const fault = await kit.harness.crash?.arm(store, point);
  ok(fault, 'the harness arms a crash');
  void checkpoint(kit, store).catch(() => undefined);
  await within(fault.struck, kit.patience, `the crash at ${point}`);
  const next = await it.reopen();
  equal(await contents(next), before, 'after the crash');
  await checkpoint(kit, next);
  await work(next, 200, 3);
  const after = await contents(next);
  await next.close();
  equal(await contents(await it.reopen()), after, 'after the next checkpoint');
}

export function checkpoints(kit: Kit): void {
  kit.cases(12, 'checkpoints', cases, kit.missing('reopen', 'checkpoint'));
  const points = kit.harness.crash?.checkpointPoints ?? ['(any point)'];
  const dying = points.map((point) => [`dies at: ${point}`, (it: Case) => dies(it, kit, point)]);
  const reason = kit.missing('reopen', 'checkpoint', 'crash');
  kit.cases(12, 'checkpoints that die', Object.fromEntries(dying), reason);
}
