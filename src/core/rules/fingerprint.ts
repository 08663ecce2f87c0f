/**
 * What makes two inputs "the same" (R88), and the first gate of every input: one pass that refuses whatever is
 * not plain JSON, too deep, too large or dangerous, and writes the rest in a canonical form. It runs for every
 * command, so it is written for speed: no regular expression where a loop over a short text does, and the path
 * of a fault is only put together when there is one.
 */
import type { ErrorCode } from '../ports/catalogue.ts';
import { LedgerError } from '../ports/errors.ts';

/** Bounds of one input. */
export interface InputLimits {
  /** Levels of nesting. */
  readonly depth: number;
  /** Characters of all texts and of names from 40 characters on, plus one for every value and name. */
  readonly size: number;
}

// the two halves of a surrogate pair, one without the other
const ILL_FORMED = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Printable ASCII without quotation mark and backslash: it stands in JSON as it is. */
function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 32 || unit > 126 || unit === 34 || unit === 92) return false;
  }
  return true;
}

function isPlainObject(value: object): boolean {
  const proto: unknown = Object.getPrototypeOf(value);
  // an object of another realm, such as a frame, is as plain as ours
  return proto === Object.prototype || proto === null || Object.getPrototypeOf(proto) === null;
}

/** `'01.50'` → `1.5`: a quantity is compared by value. Texts that are no decimals stay as they are. */
function quantityText(value: string): string | undefined {
  if (!/^\d+(\.\d+)?$/.test(value)) return undefined;
  const whole = value.replace(/^0+(?=\d)/, '');
  return whole.includes('.') ? whole.replace(/\.?0+$/, '') : whole;
}

function sortShort(keys: string[]): string[] {
  if (keys.length > 24) return keys.sort();
  for (let i = 1; i < keys.length; i++) {
    const key = keys[i] as string;
    let j = i;
    for (; j > 0 && (keys[j - 1] as string) > key; j--) keys[j] = keys[j - 1] as string;
    keys[j] = key;
  }
  return keys;
}

/**
 * Names already looked at, as they are written: inputs use the same few dozen over and over. Bounded, so that
 * an input with endless names of its own cannot fill the memory.
 */
const knownNames = new Map<string, string>();
const MOST_NAMES = 1000;
/** A name of this many characters is a text like any other: it is not remembered, and counts in full. */
const LONG_NAME = 40;

/** Writes one input. Where it stands is kept in `trail`, one name or index per level. */
class Canon {
  private readonly trail: (string | number)[] = [];
  private readonly limits: InputLimits;
  private left: number;

  constructor(limits: InputLimits) {
    this.limits = limits;
    this.left = limits.size;
  }

  private refuse(code: ErrorCode, level: number, details: Record<string, unknown> = {}): LedgerError {
    let path = '';
    for (const step of this.trail.slice(0, level))
      path += typeof step === 'number' ? `[${step}]` : path === '' ? step : `.${step}`;
    // a path through thousands of characters of a hostile name helps nobody
    return new LedgerError(code, { path: path.slice(0, 500), details });
  }

  private spend(characters: number, level: number): void {
    this.left -= characters + 1;
    if (this.left < 0) throw this.refuse('limit.size', level, { max: this.limits.size });
  }

  private text(value: string, level: number): string {
    if (isPlain(value)) return `"${value}"`;
    if (ILL_FORMED.test(value)) throw this.refuse('field.characters', level);
    return JSON.stringify(value.normalize('NFC'));
  }

  private wrongType(value: unknown, level: number): LedgerError {
    const given = typeof value === 'object' ? 'an object of a class' : String(typeof value);
    return this.refuse('field.type', level, { expected: 'plain JSON', given });
  }

  value(value: unknown, level: number, name: string): string {
    switch (typeof value) {
      case 'string':
        this.spend(value.length, level);
        return (name === 'quantity' ? quantityText(value) : undefined) ?? this.text(value, level);
      case 'number':
        this.spend(0, level);
        if (!Number.isFinite(value)) throw this.wrongType(value, level);
        return Object.is(value, -0) ? '-0' : String(value);
      case 'boolean':
        this.spend(0, level);
        return value ? 'true' : 'false';
      case 'object':
        this.spend(0, level);
        if (value === null) return 'null';
        if (level >= this.limits.depth) throw this.refuse('limit.depth', level, { max: this.limits.depth });
        if (Array.isArray(value)) return this.list(value, level);
        if (isPlainObject(value)) return this.object(value as Record<string, unknown>, level);
        throw this.wrongType(value, level);
      default:
        throw this.wrongType(value, level);
    }
  }

  private list(values: readonly unknown[], level: number): string {
    let out = '[';
    for (let i = 0; i < values.length; i++) {
      this.trail[level] = i;
      out += (i === 0 ? '' : ',') + this.value(values[i], level + 1, '');
    }
    return `${out}]`;
  }

  private name(key: string, level: number): string {
    if (key === '__proto__' || key === 'constructor' || key === 'prototype')
      throw this.refuse('field.unknown', level + 1, { name: key });
    if (key.length >= LONG_NAME) this.spend(key.length, level + 1);
    const written = `${this.text(key, level + 1)}:`;
    if (knownNames.size < MOST_NAMES && key.length < LONG_NAME) knownNames.set(key, written);
    return written;
  }

  private object(value: Record<string, unknown>, level: number): string {
    const keys = sortShort(Object.keys(value));
    let out = '';
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i] as string;
      this.trail[level] = key;
      this.left--;
      const name = knownNames.get(key) ?? this.name(key, level);
      const member = value[key];
      if (member === undefined) continue;
      const written = this.value(member, level + 1, key);
      if (level < 2 && this.leftOut(key, level)) continue;
      out += (out === '' ? name : `,${name}`) + written;
    }
    return `{${out}}`;
  }

  private leftOut(key: string, level: number): boolean {
    return level === 0 ? key === 'commandId' : key === 'name' && this.trail[0] === 'party';
  }
}

/**
 * An input in canonical form: names sorted, texts in NFC, quantities by value, undefined members dropped;
 * without `commandId` and `party.name`, which do not make an input another one.
 *
 * @throws LedgerError with the path of the fault: `limit.depth`, `limit.size`, `field.type` for what JSON does
 * not have, `field.characters` for ill-formed Unicode, `field.unknown` for `__proto__` and its like
 * @example canonicalText({ b: 1, a: ['é'], quantity: '1.50' }, limits) // '{"a":["é"],"b":1,"quantity":1.5}'
 */
export function canonicalText(value: unknown, limits: InputLimits): string {
  return new Canon(limits).value(value, 0, '');
}

const encoder = new TextEncoder();
/** Kept between calls, because making one costs more than a short text; a large one is dropped again. */
let scratch = new Uint32Array(4096);
const MOST_KEPT = 1 << 18;

/** The bytes of a text in words of four, filled up with zeros to whole steps of four words. */
function wordsOf(text: string): {
  readonly words: Uint32Array;
  readonly bytes: number;
  readonly end: number;
} {
  const room = Math.ceil((text.length * 3) / 16) * 4;
  let words = scratch;
  if (room > words.length) {
    words = new Uint32Array(room);
    if (room <= MOST_KEPT) scratch = words;
  }
  const view = new Uint8Array(words.buffer);
  const bytes = encoder.encodeInto(text, view).written;
  const end = Math.ceil(bytes / 16) * 4;
  view.fill(0, bytes, end * 4);
  return { words, bytes, end };
}

/** Scatters the bits of one lane. */
function scatter(value: number): number {
  let h = value ^ (value >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}

const digits = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const hex = (lane: number): string =>
  `${digits[lane >>> 24]}${digits[(lane >>> 16) & 255]}${digits[(lane >>> 8) & 255]}${digits[lane & 255]}`;

/**
 * 128 bits of a text, as 32 hexadecimal digits. Not cryptographic: it tells a retry from another body, and
 * needs no secret (the journal is protected by its chain). The mixing is that of MurmurHash3 with four lanes,
 * over the bytes of UTF-8.
 */
export function fingerprint(text: string): string {
  const { words, bytes, end } = wordsOf(text);
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let i = 0; i < end; i += 4) {
    let k = Math.imul(words[i] as number, 0x239b961b);
    a ^= Math.imul((k << 15) | (k >>> 17), 0xab0e9789);
    a = (Math.imul(((a << 19) | (a >>> 13)) + b, 5) + 0x561ccd1b) | 0;
    k = Math.imul(words[i + 1] as number, 0xab0e9789);
    b ^= Math.imul((k << 16) | (k >>> 16), 0x38b34ae5);
    b = (Math.imul(((b << 17) | (b >>> 15)) + c, 5) + 0x0bcaa747) | 0;
    k = Math.imul(words[i + 2] as number, 0x38b34ae5);
    c ^= Math.imul((k << 17) | (k >>> 15), 0xa1e38b93);
    c = (Math.imul(((c << 15) | (c >>> 17)) + d, 5) + 0x96cd1c35) | 0;
    k = Math.imul(words[i + 3] as number, 0xa1e38b93);
    d ^= Math.imul((k << 18) | (k >>> 14), 0x239b961b);
    d = (Math.imul(((d << 13) | (d >>> 19)) + a, 5) + 0x32ac3b17) | 0;
  }
  // the length tells filled-up zeros from real ones; then every lane into every other, around the scattering
  a = (a ^ bytes) + (b ^ bytes) + (c ^ bytes) + (d ^ bytes);
  b = scatter((b ^ bytes) + a);
  c = scatter((c ^ bytes) + a);
  d = scatter((d ^ bytes) + a);
  a = (scatter(a) + b + c + d) | 0;
  return hex(a) + hex(b + a) + hex(c + a) + hex(d + a);
}
