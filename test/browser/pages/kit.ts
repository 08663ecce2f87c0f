/**
 * Runs the conformance kit in a page: `?store=memory`, `?store=indexeddb`, or `?store=programs`, where every
 * handle is a program of its own (a frame) that can die. A test on the other side lists the cases and runs
 * them one by one.
 */

import { databaseName, type IndexedDbStore, indexedDb } from 'lotledger/adapters/indexeddb';
import { memory } from 'lotledger/adapters/memory';
import { conformance, type Harness, type Runner } from 'lotledger/conformance';
import type { Store, StoreAdapter } from '../../../src/core/adapter-kit.ts';
import { closeHandles, failNext, fillUp, holdOpen, loseNextAnswer } from './accidents.ts';
import { checkpointPoints, commitPoints } from './crash-points.ts';
import type { Program } from './kit-handle.ts';

/** A case as the test lists it. */
export interface Listed {
  readonly title: string;
  /** Why it does not apply here. */
  readonly skipped?: string;
}

const cases = new Map<string, () => void | Promise<void>>();
const listed: Listed[] = [];
const path: string[] = [];

const runner: Runner = {
  describe(name, body) {
    path.push(name);
    body();
    path.pop();
  },
  it(name, body) {
    const title = [...path, name].join(' > ');
    cases.set(title, body);
    listed.push({ title });
  },
  skip(name, reason) {
    listed.push({ title: [...path, name].join(' > '), skipped: reason });
  },
};

const destroy = (place: string) =>
  new Promise<void>((resolve) => {
    const request = indexedDB.deleteDatabase(databaseName(place));
    request.onsuccess = request.onerror = request.onblocked = () => resolve();
  });

function inMemory(): Harness {
  const places = new Map<string, StoreAdapter>();
  return {
    name: 'memory',
    open(place, tables, schema) {
      const adapter = places.get(place) ?? memory();
      places.set(place, adapter);
      return adapter.open(tables, schema);
    },
  };
}

const checkpoint = async (store: Store) => void (await (store as IndexedDbStore).checkpoint());

function inBrowser(): Harness {
  const open: Harness['open'] = (place, tables, schema) =>
    indexedDb(place, { timeout: 2_500 }).open(tables, schema);
  return {
    name: 'indexedDb',
    open,
    reopen: open,
    destroy,
    checkpoint,
    // the line dies before: both attempts that the store makes by itself find no database
    loseAnswer: (_, when) => (when === 'after' ? loseNextAnswer() : failNext('UnknownError', 2)),
    dropConnection: closeHandles,
    fillQuota: fillUp,
    blockUpgrade: (place) => holdOpen(databaseName(place), 1),
  };
}

/** Every handle in a frame of its own. */
function inPrograms(): Harness {
  const frames = new Map<Store, HTMLIFrameElement>();
  const open: Harness['open'] = async (place, tables, schema) => {
    const frame = document.createElement('iframe');
    frame.src = './kit-handle.html';
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
    document.body.append(frame);
    await loaded;
    const { program } = frame.contentWindow as unknown as { program: Program };
    const store = await program.open(place, tables, schema);
    frames.set(store, frame);
    return store;
  };
  return {
    name: 'indexedDb, programs that die',
    open,
    reopen: open,
    async destroy(place) {
      for (const frame of frames.values()) frame.remove();
      frames.clear();
      await destroy(place);
    },
    checkpoint,
    crash: {
      commitPoints,
      checkpointPoints,
      arm(store, point) {
        const frame = frames.get(store);
        if (!frame) throw new Error('not a program of this page');
        const { program } = frame.contentWindow as unknown as { program: Program };
        const struck = new Promise<void>((resolve) => {
          program.arm(point, () => {
            frame.remove();
            resolve();
          });
        });
        return { struck };
      },
    },
  };
}

const harnesses: Record<string, () => Harness> = {
  memory: inMemory,
  indexeddb: inBrowser,
  programs: inPrograms,
};
const store = new URLSearchParams(location.search).get('store') ?? 'memory';
const harness = harnesses[store]?.();
if (harness === undefined) throw new Error(`no harness ${store}`);
conformance(runner, harness, store === 'programs' ? { sections: [8, 11, 12] } : {});

Object.assign(window, {
  tests: {
    list: () => listed,
    /** Runs one case; answers what went wrong. */
    async run(title: string): Promise<string | null> {
      try {
        await cases.get(title)?.();
        return null;
      } catch (error) {
        return error instanceof Error ? (error.stack ?? error.message) : String(error);
      }
    },
  },
});
