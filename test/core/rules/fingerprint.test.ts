/** What makes two inputs the same command, and what is refused before anything reads them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits } from '../../../src/core/model/schema.ts';
import { canonicalText, fingerprint } from '../../../src/core/rules/fingerprint.ts';
import { refusal } from './errors.ts';
import { holds } from './random.ts';

const canon = (value: unknown) => canonicalText(value, limits);
const refused = (value: unknown, bounds: { depth: number; size: number } = limits) => {
  const { code, path } = refusal(() => canonicalText(value, bounds));
  return [code, path];
};

function nested(levels: number, list = false): unknown {
  let value: unknown = {};
  for (let i = 1; i < levels; i++) value = list ? [value] : { a: value };
  return value;
}

describe('what makes two inputs the same', () => {
  it('R88 order of keys, quantities by value, texts in NFC, undefined members', () => {
    const a = { date: '2026-11-21', lines: [{ item: 'Caf\u00e9', quantity: '1.50', note: undefined }] };
    const b = { lines: [{ quantity: 1.5, item: 'Cafe\u0301' }], date: '2026-11-21' };
    expect(canon(a)).toBe(canon(b));
    expect(canon(a)).toBe('{"date":"2026-11-21","lines":[{"item":"Caf\u00e9","quantity":1.5}]}');
    const quantities = ['100', 100, '100.0', '0100', '100.000'].map((quantity) => canon({ quantity }));
    expect(new Set(quantities).size).toBe(1);
    expect(canon({ quantity: '0.0' })).toBe(canon({ quantity: 0 }));
    expect(canon({ quantity: '10' })).not.toBe(canon({ quantity: '1' }));
  });

  it('R88 the command id and the party’s name do not count, anything else does', () => {
    const base = { commandId: 'a', party: { kind: 'supplier', code: 'S1', name: 'Dairy' }, note: 'x' };
    expect(canon(base)).toBe(canon({ ...base, commandId: 'b', party: { kind: 'supplier', code: 'S1' } }));
    expect(canon(base)).toBe('{"note":"x","party":{"code":"S1","kind":"supplier"}}');
    expect(canon({ lines: [{ party: { name: 'x' }, commandId: 'y' }] })).toContain('name');
    for (const other of [{ note: 'y' }, { note: null }, { note: undefined }, { key: '' }])
      expect(canon({ ...base, ...other })).not.toBe(canon(base));
    expect(canon({ code: '1.50' })).not.toBe(canon({ code: '1.5' }));
    expect(canon({ code: '1' })).not.toBe(canon({ code: 1 }));
    expect(canon({ quantity: '1e2' })).not.toBe(canon({ quantity: '100' }));
  });

  it('R88 any JSON is read back as it was, and its members’ order changes nothing', () => {
    holds(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const plain: unknown = JSON.parse(JSON.stringify(value));
        let text: string;
        try {
          text = canon({ a: plain });
        } catch {
          // a random text may be ill-formed or a name forbidden
          return;
        }
        const reversed = (each: unknown): unknown =>
          Array.isArray(each)
            ? each.map(reversed)
            : typeof each === 'object' && each !== null
              ? Object.fromEntries(
                  Object.entries(each)
                    .reverse()
                    .map(([key, member]) => [key, reversed(member)]),
                )
              : each;
        expect(canon(reversed({ a: plain }))).toBe(text);
        if (!text.includes('quantity')) expect(canon(JSON.parse(text))).toBe(text);
      }),
    );
  });
});

describe('what is refused', () => {
  it.each([
    [{ a: [1, () => 1] }, 'a[1]'],
    [{ a: Symbol('x') }, 'a'],
    [{ a: { b: 10n } }, 'a.b'],
    [{ a: Number.NaN }, 'a'],
    [{ a: Number.POSITIVE_INFINITY }, 'a'],
    [{ date: new Date(0) }, 'date'],
    [{ lines: [{ lots: new Map() }] }, 'lines[0].lots'],
    [[undefined], '[0]'],
    [new Array(2), '[0]'],
    [undefined, ''],
    [new (class Posting {})(), ''],
  ])('R134 %# no plain JSON', (value, path) => {
    expect(refused(value)).toEqual(['field.type', path]);
  });

  it('R134 names that reach into objects, at any depth', () => {
    expect(refused(JSON.parse('{"a":{"__proto__":{"x":1}}}'))).toEqual(['field.unknown', 'a.__proto__']);
    expect(refused({ lines: [{ constructor: 1 }] })).toEqual(['field.unknown', 'lines[0].constructor']);
    expect(refused({ prototype: undefined })).toEqual(['field.unknown', 'prototype']);
  });

  it('R134 ill-formed Unicode in texts and names', () => {
    for (const text of ['\ud800', 'a\udc00', '\udc00\ud800', 'x\ud83e']) {
      expect(refused({ note: text })).toEqual(['field.characters', 'note']);
      expect(refused({ [text]: 1 })[0]).toBe('field.characters');
      expect(refused({ quantity: text })[0]).toBe('field.characters');
    }
    expect(canon({ note: '🥛\t"\\' })).toBe('{"note":"🥛\\t\\"\\\\"}');
  });

  it('R134 nesting beyond the limit, ten thousand levels and a circle too', () => {
    expect(canon(nested(32))).toHaveLength(31 * 6 + 2);
    expect(refused(nested(33))[0]).toBe('limit.depth');
    expect(refused(nested(10_000))[0]).toBe('limit.depth');
    expect(refused(nested(10_000, true))[0]).toBe('limit.depth');
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    expect(refusal(() => canon(circle))).toMatchObject({ code: 'limit.depth', details: { max: 32 } });
  });

  it('R134 size: long texts, long names, many values, and small inputs that unfold', () => {
    const bounds = { depth: 32, size: 1000 };
    expect(refused({ note: 'x'.repeat(1001) }, bounds)).toEqual(['limit.size', 'note']);
    expect(refused({ ['x'.repeat(1001)]: 1 }, bounds)[0]).toBe('limit.size');
    expect(refused({ a: new Array(1001).fill(0) }, bounds)[0]).toBe('limit.size');
    let doubling: unknown = [];
    for (let i = 0; i < 30; i++) doubling = [doubling, doubling];
    expect(refused(doubling, bounds)[0]).toBe('limit.size');
    expect(refused({ note: 'x'.repeat(10_000_000) })).toEqual(['limit.size', 'note']);
  });

  it('R134 the same input is the same size again, though its names were seen before', () => {
    const rows = Array.from({ length: 10 }, () => ({ ofEach: 'abc' }));
    for (let i = 0; i < 2; i++) {
      expect(canonicalText(rows, { depth: 32, size: 10 * 6 + 1 })).toContain('ofEach');
      expect(refused(rows, { depth: 32, size: 10 * 6 })[0]).toBe('limit.size');
    }
  });

  it('a hundred thousand rows of five members are within the limit', () => {
    const row = { code: '202611000001', quantity: '12.50', expiryDate: '2027-02-01', supplierLot: 'SL-0001' };
    expect(canon({ lines: [{ lots: new Array(100_000).fill(row) }] }).length).toBeGreaterThan(1_000_000);
  });
});

describe('fingerprints', () => {
  it('are 128 bits and the same on every machine', () => {
    expect(fingerprint('')).toMatch(/^[0-9a-f]{32}$/);
    expect(fingerprint('lotledger')).toBe(fingerprint(['lot', 'ledger'].join('')));
    expect([fingerprint(''), fingerprint('a'), fingerprint('Prosciutto 🥓 di Parma')]).toMatchInlineSnapshot(`
      [
        "00000000000000000000000000000000",
        "0e8ff0974247a279105cc0d47440e91d",
        "8bc2bfcb60509e3a9246fd051a2c9dff",
      ]
    `);
  });

  it('differ for texts that differ, in one character, in length, in zeros at the end', () => {
    const seen = new Map<string, string>();
    const add = (text: string) => {
      const print = fingerprint(text);
      expect(seen.get(print) ?? text).toBe(text);
      seen.set(print, text);
    };
    for (let i = 0; i < 20_000; i++) add(`{"lines":[{"item":"A","quantity":${i}}]}`);
    for (let n = 0; n < 200; n++) add('\0'.repeat(n));
    for (let n = 0; n < 200; n++) add('x'.repeat(n));
    expect(seen.size).toBe(20_000 + 200 + 199);
  });

  it('change about half of their bits with any one character', () => {
    holds(
      fc.property(fc.string({ minLength: 1, maxLength: 60 }), fc.nat(), (text, at) => {
        const i = at % text.length;
        const other =
          text.slice(0, i) + String.fromCharCode((text.charCodeAt(i) ^ 1) & 127) + text.slice(i + 1);
        if (other === text) return;
        let bits = 0n;
        for (let x = BigInt(`0x${fingerprint(text)}`) ^ BigInt(`0x${fingerprint(other)}`); x; x >>= 1n)
          bits += x & 1n;
        expect(Number(bits)).toBeGreaterThan(20);
      }),
    );
  });

  it('take a text of any size, small ones after large ones too', () => {
    const small = fingerprint('small');
    expect(fingerprint('x'.repeat(3_000_000))).not.toBe(fingerprint(`${'x'.repeat(2_999_999)}y`));
    expect(fingerprint('é'.repeat(100_000))).toMatch(/^[0-9a-f]{32}$/);
    expect(fingerprint('small')).toBe(small);
  });
});
