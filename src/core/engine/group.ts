/**
 * One group of commands, from the queue to durable: decided over one overlay, committed once, decided
 * again after a conflict, looked up after an unknown outcome. A bound keeps a storm of writers from
 * turning in circles.
 */
import { textsDigest } from '../ports/chain.ts';
import { LedgerError, type LedgerProblem } from '../ports/errors.ts';
import type { CommitBatch, CommitOutcome, Head, Store } from '../ports/store.ts';
import { Miss } from '../ports/view.ts';
import {
  decideOne,
  keepRefusal,
  type ReadyCommand,
  type Surroundings,
  type Texts,
  type Verdict,
} from './decide.ts';
import { FOLDED, mustStand, ownVersions } from './folded.ts';
import { Overlay } from './overlay.ts';
import { LoadingReader, type Reader, syncReader } from './reader.ts';

/** Commands that stand or fall together, or a single one. */
export interface Unit {
  readonly commands: readonly ReadyCommand[];
}

/** What a unit came to: a verdict per command, and where its group's entries begin in the journal. */
export interface Settled {
  readonly verdicts: readonly Verdict[];
  readonly firstSeq: number;
}

interface Decided {
  readonly verdicts: readonly (readonly Verdict[])[];
  readonly batch: CommitBatch;
}

/** Of many writers on one record one wins each round; sixteen that never give way still come to an end. */
const CONFLICT_TRIES = 32;
/** Every round fetches something new, so this bounds only a fault of ours. */
const MISS_ROUNDS = 10_000;

const isRefusal = (verdict: Verdict): boolean =>
  verdict.kind === 'refused' || verdict.kind === 'replayedRefusal' || verdict.kind === 'failed';

/** In an atomic unit one refusal takes the others with it; only the culprit's refusal is kept. */
function spoilt(verdicts: readonly Verdict[], commands: readonly ReadyCommand[]): Verdict[] {
  const culprit = verdicts.findIndex(isRefusal);
  const problem: LedgerProblem = new LedgerError('command.notApplied', {
    details: { because: commands[culprit]?.id ?? '' },
  }).toJSON();
  return commands.map((_, i) => (i === culprit ? (verdicts[i] as Verdict) : { kind: 'refused', problem }));
}

function decideUnit(unit: Unit, overlay: Overlay, texts: Texts, around: Surroundings): Verdict[] {
  const mark = overlay.mark();
  const length = texts.length;
  const verdicts: Verdict[] = [];
  for (const ready of unit.commands) {
    const verdict = decideOne(ready, overlay, texts, around);
    verdicts.push(verdict);
    if (unit.commands.length > 1 && isRefusal(verdict)) {
      overlay.rollback(mark);
      texts.length = length;
      // also what is refused only for what came before it: the unit that comes again must find it refused
      if (verdict.kind === 'refused') keepRefusal(ready, overlay, texts, around, verdict.problem);
      return spoilt(verdicts, unit.commands);
    }
  }
  return verdicts;
}

/**
 * Makes every commit expect that the records are folded as this program folds them.
 * @returns false when that is not at hand
 */
function stands(overlay: Overlay): boolean {
  try {
    mustStand(overlay.get('folded', FOLDED));
    return true;
  } catch (thrown) {
    if (thrown instanceof Miss) return false;
    throw thrown;
  }
}

/** Runs all units over a reader; gathers all misses of the group before giving up. */
function decideAll(units: readonly Unit[], reader: Reader, around: Surroundings): Decided | undefined {
  const overlay = new Overlay(reader);
  const texts: Texts = [];
  const verdicts: Verdict[][] = [];
  let missed = !stands(overlay);
  for (const unit of units) {
    const mark = overlay.mark();
    const length = texts.length;
    try {
      verdicts.push(decideUnit(unit, overlay, texts, around));
    } catch (thrown) {
      if (!(thrown instanceof Miss)) throw thrown;
      overlay.rollback(mark);
      texts.length = length;
      missed = true;
    }
  }
  if (missed) return undefined;
  if (texts.length > 0 && overlay.get('folded', FOLDED) === undefined)
    overlay.put('folded', { id: FOLDED, versions: ownVersions, rebuild: null });
  const { puts, deletes } = overlay.changes();
  const digest = texts.length > 0 ? textsDigest(texts) : '';
  return { verdicts, batch: { expects: overlay.expectations(), puts, deletes, entries: texts, digest } };
}

async function decideLoaded(store: Store, units: readonly Unit[], around: Surroundings): Promise<Decided> {
  if (store.sync) return decideAll(units, syncReader(store.sync), around) as Decided;
  return store.read(async (snapshot) => {
    const reader = new LoadingReader();
    for (let round = 0; round < MISS_ROUNDS; round++) {
      const decided = decideAll(units, reader, around);
      if (decided) return decided;
      await reader.load(snapshot);
    }
    throw new LedgerError('store.busy');
  });
}

const isEmpty = (batch: CommitBatch): boolean =>
  batch.entries.length === 0 && batch.puts.length === 0 && batch.deletes.length === 0;

/**
 * After the line died nobody knows whether the group was written. Its ids do: decided again on a fresh view,
 * a command that was written finds its receipt and is answered from the journal, and the rest is decided.
 */
async function lookAgain(store: Store): Promise<Head> {
  try {
    await store.refresh?.();
    return await store.read(async (snapshot) => snapshot.head);
  } catch (cause) {
    throw new LedgerError('store.unknown', { cause });
  }
}

/** Longer each time, and not as long as anybody else's: writers that lost together would lose together again. */
const pause = (tries: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, Math.min(2 ** tries, 64) * (0.5 + Math.random()));
  });

/**
 * Decides and commits a group.
 * @throws LedgerError store.busy after too many conflicts, store.unknown when nobody can tell
 */
export async function runGroup(
  store: Store,
  units: readonly Unit[],
  around: () => Surroundings,
): Promise<{ settled: Settled[]; head: Head | undefined }> {
  let seen: Head | undefined;
  for (let tries = 0; tries < CONFLICT_TRIES; tries++) {
    const decided = await decideLoaded(store, units, around());
    const settle = (firstSeq: number): Settled[] =>
      decided.verdicts.map((verdicts) => ({ verdicts, firstSeq }));
    if (isEmpty(decided.batch)) return { settled: settle(0), head: seen };
    const outcome: CommitOutcome = await store.commit(decided.batch);
    if (outcome.done) return { settled: settle(outcome.firstSeq), head: outcome.head };
    if ('unknown' in outcome) {
      seen = await lookAgain(store);
    } else {
      await store.refresh?.();
      if (tries > 0) await pause(tries);
    }
  }
  throw new LedgerError('store.busy');
}
