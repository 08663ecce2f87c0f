/** How the kit opens and mistreats paper stores, and the flaws they may have. */
import type { Harness } from '../../src/conformance/index.ts';
import { LedgerError } from '../../src/core/adapter-kit.ts';
import { never, Paper, PaperStore } from './paper-store.ts';

export type Flaw =
  | 'acknowledges before it writes'
  | 'writes in two steps'
  | 'keeps what it refused'
  | 'checks versions against memory only'
  | 'does not check unique keys'
  | 'leaves a gap in the feed'
  | 'cuts groups'
  | 'gives no hints'
  | 'counts only the page'
  | 'goes on at the wrong record'
  | 'goes on by counting'
  | 'forgets further orders'
  | 'leaves out one too few'
  | 'keeps quiet about a capped count'
  | 'sums in plain numbers'
  | 'has an empty group'
  | 'forgets deletes'
  | 'says done though the line died'
  | 'loses commits during a checkpoint'
  | 'drops redo before the checkpoint stands'
  | 'shows what had no room'
  | 'waits for good when blocked'
  | 'writes under a newer schema'
  | 'resolves numbers in refused records';

/** @param flaw what is wrong with every store it opens */
export function paperHarness(flaw?: Flaw): Harness {
  const places = new Map<string, Paper>();
  const paperAt = (place: string): Paper => {
    const paper = places.get(place) ?? new Paper();
    places.set(place, paper);
    return paper;
  };
  const papers = new WeakMap<object, Paper>();
  const open: Harness['open'] = async (place, tables, schema) => {
    const paper = paperAt(place);
    if (paper.held && flaw === 'waits for good when blocked') return never;
    if (paper.held) throw new LedgerError('store.blocked');
    paper.schema = Math.max(paper.schema, schema);
    const store = new PaperStore(paper, tables, schema, flaw);
    papers.set(store, paper);
    return store;
  };
  return {
    name: flaw === undefined ? 'paper' : `paper that ${flaw}`,
    // a flawed store is expected to let the kit wait in vain
    patience: flaw === undefined ? 5000 : 300,
    open,
    reopen: open,
    async destroy(place) {
      places.delete(place);
    },
    crash: {
      commitPoints: ['before writing', 'while writing', 'after writing'],
      checkpointPoints: ['before the pointer', 'after the pointer'],
      arm: (store, name) => {
        let strike = () => {};
        const struck = new Promise<void>((resolve) => (strike = resolve));
        (store as PaperStore).point = { name, strike };
        return { struck };
      },
    },
    loseAnswer: (store, when) => {
      (store as PaperStore).next = `lost ${when}`;
    },
    dropConnection: (store) => {
      (store as PaperStore).next = 'dropped';
    },
    checkpoint: (store) => (store as PaperStore).checkpoint(),
    fillQuota: (store) => {
      const paper = papers.get(store) as Paper;
      paper.full = true;
      return () => void (paper.full = false);
    },
    blockUpgrade: async (place) => {
      const paper = paperAt(place);
      paper.held = true;
      return () => void (paper.held = false);
    },
  };
}
