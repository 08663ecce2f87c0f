/**
 * What the engine makes of one block, as rows of the database with slots for what differs in another one: its
 * tag, its place in the journal, and the fingerprints of its commands. Rows of any block are then made without
 * the engine; `prove.mjs` holds them against those that the engine writes.
 */

import { memory } from '../../.cache/bench/lotledger/adapters/stores/memory/index.js';
import { encodeScalar } from '../../.cache/bench/lotledger/adapters/stores/sql/encode.js';
import { Layout } from '../../.cache/bench/lotledger/adapters/stores/sql/layout.js';
import { chainLink, tables, textsDigest } from '../../.cache/bench/lotledger/core/adapter-kit.js';
import { openLedger } from '../../.cache/bench/lotledger/core/index.js';
import { limits } from '../../.cache/bench/lotledger/core/model/texts.js';
import { canonicalText, fingerprint } from '../../.cache/bench/lotledger/core/rules/fingerprint.js';
import { clockOf, commandsOf, runBlock, runShared, tagOf } from './block.mjs';

const FIRST = 0;
const PATTERN = 1;
/** Stands for the n-th entry of a block while its rows are made; no other number is as large. */
const SEQ_SLOT = 7_213_954_000_000;

/** A text in the format of COPY. */
const copied = (value) => {
  if (value === null) return '\\N';
  if (typeof value === 'boolean') return value ? 't' : 'f';
  const text = String(value);
  return /[\\\t\n\r]/.test(text)
    ? text.replace(/[\\\t\n\r]/g, (c) => ({ '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' })[c])
    : text;
};

/** Opens a ledger in memory whose commits are kept as they were made. */
async function recorded() {
  const clock = clockOf();
  const batches = [];
  let store;
  const adapter = memory();
  const recording = {
    ...adapter,
    open: async (...args) => {
      store = await adapter.open(...args);
      const commit = store.commit.bind(store);
      store.commit = async (batch) => {
        batches.push(structuredClone(batch));
        return commit(batch);
      };
      return store;
    },
  };
  const ledger = await openLedger(recording, { actor: 'bench', timeZone: 'Europe/Rome', now: clock.now });
  return { clock, batches, ledger, store };
}

/** Every record by collection and id, as text. */
function recordsOf(store) {
  const all = new Map();
  for (const name of Object.keys(tables)) {
    all.set(name, new Map([...store.sync.all(name)].map((record) => [record.id, JSON.stringify(record)])));
  }
  return all;
}

/** What a block added; it must have touched nothing that was there. */
function added(before, after) {
  const more = new Map();
  for (const [name, records] of after) {
    const fresh = [];
    for (const [id, text] of records) {
      const old = before.get(name).get(id);
      if (old === undefined) fresh.push(JSON.parse(text));
      else if (old !== text) throw new Error(`a block changed ${name} ${id} of another`);
    }
    if (fresh.length > 0) more.set(name, fresh);
  }
  return more;
}

/** Cuts a text at the numbers and fingerprints in it: texts and slots in turn. */
function cut(text, prints) {
  const pieces = [];
  let last = 0;
  const pattern = new RegExp(`${SEQ_SLOT / 1e6}\\d{6}|nc2[0-9a-f]{14}|[0-9a-f]{32}`, 'g');
  for (const { 0: found, index } of text.matchAll(pattern)) {
    const slot = slotOf(found, prints);
    if (slot === undefined) continue;
    pieces.push(text.slice(last, index), slot);
    last = index + found.length;
  }
  pieces.push(text.slice(last));
  return pieces;
}

const slotsBySeq = new Map();
/** The column text of a slot, as the store encodes numbers. */
function seqSlot(n) {
  const text = encodeScalar(SEQ_SLOT + n);
  slotsBySeq.set(text, n);
  return SEQ_SLOT + n;
}

function slotOf(found, prints) {
  if (found.length === 32) {
    const command = prints.get(found);
    return command === undefined ? undefined : { kind: 'print', command };
  }
  if (found.startsWith('7')) return { kind: 'seq', n: Number(found) - SEQ_SLOT };
  const n = slotsBySeq.get(found);
  return n === undefined ? undefined : { kind: 'key', n };
}

/** A record whose journal numbers are slots. */
function slotted(record, seqFields, base) {
  const result = { ...record };
  // a record's version is the number of the entry that wrote it last
  for (const field of ['version', ...seqFields]) {
    if (typeof result[field] === 'number' && result[field] > base) {
      result[field] = seqSlot(result[field] - base);
    }
  }
  return result;
}

function rowsOf(name, records, base, prints) {
  const table = tables[name];
  const layout = new Layout(table);
  const columns = ['id', 'version', 'record', 'long', ...layout.columns.map((column) => column.name)];
  const lines = records.map((record) => {
    const row = layout.row(slotted(record, table.seqFields ?? [], base));
    return cut(`default\t${columns.map((column) => copied(row[column])).join('\t')}\n`, prints);
  });
  return { columns: ['tenant', ...columns], lines };
}

/** Fills slots in; the tag is put in afterwards, in whole texts. */
function filled(pieces, base, prints) {
  let text = pieces[0];
  for (let i = 1; i < pieces.length; i += 2) {
    const slot = pieces[i];
    if (slot.kind === 'seq') text += base + slot.n;
    else if (slot.kind === 'key') text += encodeScalar(base + slot.n);
    else text += prints[slot.command];
    text += pieces[i + 1];
  }
  return text;
}

const patternTag = tagOf(PATTERN);
const tagged = (text, block) => {
  const tag = tagOf(block);
  return text.replaceAll(patternTag, tag).replaceAll(patternTag.toLowerCase(), tag.toLowerCase());
};

const bounds = { depth: limits.depth, size: limits.size };
/** What the commands of a block are told apart by, in their order. */
const printsOf = (block, shape) =>
  commandsOf(block, shape).map(({ name, args }) => fingerprint(`${name} ${canonicalText(args, bounds)}`));

/**
 * Runs the first two blocks through the engine and makes the second the pattern of all others.
 * @param {import('./block.mjs').Shape} shape
 */
export async function makeTemplate(shape) {
  const { clock, batches, ledger, store } = await recorded();
  await runShared(ledger, clock);
  await runBlock(ledger, clock, FIRST, shape);
  const base = store.sync.head.seq;
  const begun = batches.splice(0);
  const before = recordsOf(store);
  await runBlock(ledger, clock, PATTERN, shape);
  const more = added(before, recordsOf(store));
  const prints = new Map(printsOf(PATTERN, shape).map((print, n) => [print, n]));
  const texts = batches.flatMap((batch) => batch.entries).map((text) => cut(text, prints));
  await ledger.close();
  const rows = new Map([...more].map(([name, records]) => [name, rowsOf(name, records, base, prints)]));
  return new Template({ base, begun, rows, texts, shape });
}

/** Rows of any block but the first. */
class Template {
  #of;
  #prints = new Map();
  constructor(of) {
    this.#of = of;
  }

  /** The commits of the shared master data and of the first block, as the engine made them. */
  get begun() {
    return this.#of.begun;
  }

  /** Columns by table. */
  get tables() {
    return new Map([...this.#of.rows].map(([name, { columns }]) => [name, columns]));
  }

  /** The number of the last entry before a block. */
  #baseOf(block) {
    const { base, texts } = this.#of;
    return base + (block - 1) * texts.length;
  }

  #printsOf(block) {
    let prints = this.#prints.get(block);
    if (prints === undefined) this.#prints.set(block, (prints = printsOf(block, this.#of.shape)));
    return prints;
  }

  /** Rows of a table as COPY takes them, in pieces. */
  *rows(name, block) {
    const base = this.#baseOf(block);
    const prints = this.#printsOf(block);
    const { lines } = this.#of.rows.get(name);
    for (let from = 0; from < lines.length; from += 1_000) {
      const text = lines.slice(from, from + 1_000).map((line) => filled(line, base, prints));
      yield tagged(text.join(''), block);
    }
  }

  /** Groups of the journal as COPY takes them, and the link they lead to. */
  *journal(block, head) {
    const prints = this.#printsOf(block);
    const { texts } = this.#of;
    let { seq, link } = head;
    for (const pieces of texts) {
      const text = tagged(filled(pieces, 0, prints), block);
      const digest = textsDigest([text]);
      seq++;
      link = chainLink(link, digest);
      const row = ['default', seq, seq, JSON.stringify([text]), digest, link];
      yield { text: `${row.map(copied).join('\t')}\n`, head: { seq, link } };
    }
  }
}
