/**
 * The page in which databases of the browser are measured. `window.bench` offers one function per thing to
 * measure; each answers plain numbers. A contender is loaded when it is asked for.
 */
import { list, loadOf } from '../workload.mjs';

const NAME = 'bench';
const WARM_UP = 64;
const contenders = {
  lotledger: () => import('../contenders/lotledger-indexeddb.mjs'),
  idb: () => import('../contenders/idb.mjs'),
  dexie: () => import('../contenders/dexie.mjs'),
  rxdb: () => import('../contenders/rxdb.mjs'),
};

const open = async (contender) => (await contenders[contender]()).open(NAME);

async function timed(work) {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

async function heap() {
  for (let i = 0; i < 3; i++) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return performance.memory?.usedJSHeapSize ?? 0;
}

window.bench = {
  /** Milliseconds for so many postings by so many callers, after a few that do not count. */
  async post(contender, count, callers) {
    const subject = await open(contender);
    const { postings: had } = await subject.count();
    await subject.post(list(WARM_UP, had), callers);
    const time = await timed(() => subject.post(list(count, had + WARM_UP), callers));
    const { postings } = await subject.count();
    await subject.close();
    if (postings !== had + WARM_UP + count) throw new Error(`${contender} holds ${postings} postings`);
    return { time, count };
  },

  /** Milliseconds to bring so many lots in. `how`: one by one (`importLots`) or on long notes. */
  async import(contender, count, how = 'importLots') {
    const subject = await open(contender);
    const loads = list(count, 0, loadOf);
    const time = await timed(() => subject[how](loads));
    const { lots } = await subject.count();
    await subject.checkpoint?.();
    await subject.close();
    if (lots !== count) throw new Error(`${contender} holds ${lots} lots`);
    return { time, count };
  },

  /** Milliseconds to open what is there and to show a first page; bytes of heap that this takes. */
  async open(contender) {
    await contenders[contender]();
    const before = await heap();
    const begun = performance.now();
    const subject = await open(contender);
    const opened = performance.now() - begun;
    const held = (await heap()) - before;
    const paging = performance.now();
    const page = await subject.page();
    const paged = performance.now() - paging;
    const records = await subject.records?.();
    const counts = await subject.count();
    await subject.close();
    return { opened, paged, held, records, rows: page.length, ...counts };
  },

  /** Grows the ledger to so many postings of one new lot each; milliseconds of that and of a checkpoint. */
  async grow(contender, count) {
    const subject = await open(contender);
    const { postings } = await subject.count();
    const time = await timed(() => subject.importLots(list(count - postings, postings, loadOf)));
    const checkpoint = await timed(() => subject.checkpoint());
    await subject.close();
    return { time, checkpoint, count: count - postings };
  },
};
