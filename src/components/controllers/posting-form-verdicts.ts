/**
 * A verdict on every code of a line: as it was read, as the ledger knows it, as it was refused. Worked out
 * once per answer, not once per drawing: there may be ten thousand.
 */
import type { Problem } from '../core.ts';
import type { KnownSerials, ReadCode, ReadSerials } from './posting-form-serials.ts';

export interface Verdict {
  readonly code: string;
  readonly kind:
    | 'added'
    | 'here'
    | 'checking'
    | 'repeated'
    | 'bad'
    | 'refused'
    | 'known'
    | 'notFound'
    | 'notHere';
  readonly severity: 'ok' | 'warn' | 'danger' | 'plain';
  readonly place: string | null;
  readonly problem: Problem | undefined;
}

export interface Judged {
  readonly all: readonly Verdict[];
  /** Codes that count and that nothing known speaks against, in order. */
  readonly good: readonly string[];
  /** How many are refused, and how many are repeated. */
  readonly wrong: number;
  readonly repeated: number;
}

/** What verdicts depend on besides the codes. */
export interface Court {
  readonly load: boolean;
  readonly warehouse: string;
  readonly known: KnownSerials | undefined;
  /** Changes whenever more codes are known. */
  readonly version: number;
  /** The refusal of the line, its path from within the line. */
  readonly refusal: Problem | undefined;
}

const placeOf = (warehouse: string | null, location: string | null): string | null =>
  warehouse === null ? null : location === null ? warehouse : `${warehouse} · ${location}`;

const verdict = (
  code: string,
  kind: Verdict['kind'],
  severity: Verdict['severity'],
  more: { place?: string | null; problem?: Problem | undefined } = {},
): Verdict => ({ code, kind, severity, place: more.place ?? null, problem: more.problem });

function known(read: ReadCode, court: Court): Verdict {
  const serial = court.known?.get(read.key);
  if (court.load) {
    if (!serial?.warehouse) return verdict(read.text, 'added', 'ok');
    return verdict(read.text, 'known', 'danger', { place: placeOf(serial.warehouse, serial.location) });
  }
  if (serial === undefined) return verdict(read.text, 'checking', 'plain');
  if (serial === null) return verdict(read.text, 'notFound', 'danger');
  const place = placeOf(serial.warehouse, serial.location);
  if (serial.warehouse !== court.warehouse) return verdict(read.text, 'notHere', 'danger', { place });
  return verdict(read.text, 'here', 'ok', { place: serial.location });
}

const counting: ReadonlySet<Verdict['kind']> = new Set(['added', 'here', 'checking', 'refused']);

function judgeAll(serials: ReadSerials, court: Court): Judged {
  const at = /^serials\[(\d+)\]/.exec(court.refusal?.path ?? '')?.[1];
  const refused = at === undefined ? undefined : serials.codes[Number(at)];
  const all = serials.all.map((read): Verdict => {
    if (read.verdict === 'repeated') return verdict(read.text, 'repeated', 'warn');
    if (read.verdict === 'bad') return verdict(read.text, 'bad', 'danger', { problem: read.problem });
    if (read.text === refused) return verdict(read.text, 'refused', 'danger', { problem: court.refusal });
    return known(read, court);
  });
  // what the ledger refused last still counts as given: only asking again can tell
  const good = all.filter(({ kind }) => counting.has(kind)).map(({ code }) => code);
  return {
    all,
    good,
    wrong: all.filter(({ severity }) => severity === 'danger').length,
    repeated: serials.repeated,
  };
}

const kept = new WeakMap<ReadSerials, { readonly of: readonly unknown[]; readonly judged: Judged }>();

/** Verdicts on the codes of a line; the same object while nothing they depend on has changed. */
export function judge(serials: ReadSerials, court: Court): Judged {
  const of = [court.load, court.warehouse, court.known, court.version, court.refusal];
  const before = kept.get(serials);
  if (before?.of.every((each, i) => each === of[i])) return before.judged;
  const judged = judgeAll(serials, court);
  kept.set(serials, { of, judged });
  return judged;
}
