/**
 * The serials of a line from what was pasted or typed: every code with a verdict, counted once. Ten thousand
 * codes are normal, so the text is read once per change and only a window of verdicts is ever drawn.
 */
import { type Ledger, type Problem, problemOf, type Serial } from '../core.ts';
import type { CoreTools } from './lot-form-tools.ts';

/** One code as it was read. */
export interface ReadCode {
  readonly text: string;
  /** Its `codeKey`. */
  readonly key: string;
  /** `added` counts; `repeated` was counted before; `bad` could not be read. */
  readonly verdict: 'added' | 'repeated' | 'bad';
  readonly problem?: Problem;
}

export interface ReadSerials {
  readonly text: string;
  readonly all: readonly ReadCode[];
  /** The codes that count, in order. */
  readonly codes: readonly string[];
  readonly repeated: number;
  readonly bad: number;
}

export const noSerials: ReadSerials = { text: '', all: [], codes: [], repeated: 0, bad: 0 };

/** Reads codes, ranges and runs, one group at a time, so that one bad group spoils no other. */
export function readSerials(text: string, tools: CoreTools): ReadSerials {
  const all: ReadCode[] = [];
  const codes: string[] = [];
  const seen = new Set<string>();
  let repeated = 0;
  let bad = 0;
  for (const group of text.split(/[\r\n\t,;]+/)) {
    if (group.trim() === '') continue;
    let found: readonly string[];
    try {
      found = tools.codesFromPattern(group.trim());
    } catch (error) {
      bad++;
      all.push({ text: group.trim(), key: '', verdict: 'bad', problem: problemOf(error) });
      continue;
    }
    for (const code of found) {
      const key = tools.codeKey(code);
      if (seen.has(key)) {
        repeated++;
        all.push({ text: code, key, verdict: 'repeated' });
        continue;
      }
      seen.add(key);
      codes.push(code);
      all.push({ text: code, key, verdict: 'added' });
    }
  }
  return { text, all, codes, repeated, bad };
}

/** Codes asked for at once. */
const CHUNK = 250;

/** What the ledger knows of the codes of one item, read once per code. */
export class KnownSerials {
  readonly #ledger: Ledger;
  readonly #item: string;
  readonly #known = new Map<string, Serial | null>();

  constructor(ledger: Ledger, item: string) {
    this.#ledger = ledger;
    this.#item = item;
  }

  /** How many codes were asked for; grows with every answer. */
  get version(): number {
    return this.#known.size;
  }

  /** The serial of a code; null when there is none, undefined when it has not been asked yet. */
  get(key: string): Serial | null | undefined {
    return this.#known.get(key);
  }

  /** Asks for the codes that are not known yet, a chunk at a time. */
  async read(codes: readonly string[], tools: CoreTools, signal: AbortSignal): Promise<void> {
    const missing = codes.filter((code) => !this.#known.has(tools.codeKey(code)));
    for (let at = 0; at < missing.length && !signal.aborted; at += CHUNK) {
      const chunk = missing.slice(at, at + CHUNK);
      const filter = { item: this.#item, code: { in: chunk } };
      const page = await this.#ledger.serials.list({ filter, limit: 500 });
      for (const code of chunk) this.#known.set(tools.codeKey(code), null);
      for (const serial of page.items) this.#known.set(tools.codeKey(serial.code), serial);
    }
  }
}
