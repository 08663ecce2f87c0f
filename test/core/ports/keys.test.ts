/** Codes and texts: the same code however it is typed, natural order, and order by code points. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bucketKey,
  codeKey,
  compareText,
  fold,
  naturalKey,
  quantityKey,
  templateKey,
} from '../../../src/core/ports/keys.ts';

const byCodePoints = (a: string, b: string): number => {
  const x = [...a].map((character) => character.codePointAt(0) as number);
  const y = [...b].map((character) => character.codePointAt(0) as number);
  for (let i = 0; i < Math.min(x.length, y.length); i++) {
    if (x[i] !== y[i]) return (x[i] as number) - (y[i] as number);
  }
  return x.length - y.length;
};

describe('codeKey', () => {
  it('is the same for what people take for the same code', () => {
    for (const [a, b] of [
      ['Lot-1', ' LOT-1 '],
      ['straße', 'STRASSE'],
      ['e\u0301', 'É'],
      ['ǅ', 'ǆ'],
    ] as const) {
      expect(codeKey(a)).toBe(codeKey(b));
    }
    expect(codeKey('L 1')).not.toBe(codeKey('L1'));
    expect(codeKey('0')).not.toBe(codeKey('O'));
  });

  it('the key of a key is the key', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => codeKey(codeKey(text)) === codeKey(text)),
    );
  });

  it('R18 the key of a key is the key, of every letter there is, in any case and composition', () => {
    const texts = (ch: string) => [`a${ch}b`, `${ch}\u0307x`, `a${ch}`, ch, `Σ${ch}`];
    const plain = (ch: string) => ch.toLowerCase() === ch.toUpperCase() && ch.normalize('NFD') === ch;
    const wrong: string[] = [];
    for (let point = 0x20; point < 0x30000; point++) {
      // halves of pairs are no characters; an iota subscript is a letter in capitals, and below one a mark
      if ((point >= 0xd800 && point < 0xe000) || point === 0x345) continue;
      const character = String.fromCodePoint(point);
      if (plain(character)) continue;
      for (const text of texts(character)) {
        const key = codeKey(text);
        const same = [key, text.toUpperCase(), text.toLowerCase(), text.normalize('NFD')].map(codeKey);
        if (same.some((each) => each !== key)) wrong.push(`${point.toString(16)} ${JSON.stringify(text)}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('R18 capital and small sharp s are one letter, as are the sigmas', () => {
    expect(new Set(['STRAẞE', 'straße', 'Strasse'].map(codeKey)).size).toBe(1);
    expect(new Set(['ΟΔΟΣ', 'οδος', 'οδοσ'].map(codeKey)).size).toBe(1);
  });

  it('joins items and variants, warehouses and templates without mixing them up', () => {
    expect(bucketKey('A', null)).toBe('a');
    expect(bucketKey('A', 'b')).not.toBe(bucketKey('AB', null));
    expect(bucketKey('A', '')).not.toBe(bucketKey('A', null));
    expect(templateKey('M', 'AIN')).not.toBe(templateKey('MA', 'IN'));
  });
});

describe('naturalKey', () => {
  it('orders numbers within codes by value', () => {
    const sorted = ['A', 'A1', 'a2', 'A10', 'A10b', 'A10c1', 'A011', 'A1000000', 'B'];
    const keys = sorted.map(naturalKey);
    expect([...keys].sort(compareText)).toEqual(keys);
    expect(naturalKey('A007')).toBe(naturalKey('a7'));
    expect(naturalKey('0')).toBe(naturalKey('000'));
  });

  it('makes of every run of digits its length and the digits without leading zeros', () => {
    expect(naturalKey('L-0012/B7.000')).toBe('l-0212/b017.010');
    const text = fc.string({ unit: fc.constantFrom('0', '1', '9', 'a', 'B', '-', 'é', '٣') });
    fc.assert(
      fc.property(text, (code) => {
        const replaced = codeKey(code).replace(/[0-9]+/g, (digits) => {
          const plain = digits.replace(/^0+(?=[0-9])/, '');
          return String(plain.length).padStart(2, '0') + plain;
        });
        return naturalKey(code) === replaced;
      }),
      { numRuns: 2000 },
    );
  });

  it('orders any two numbers by value', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.maxSafeNat(), (a, b) => {
        const order = compareText(naturalKey(`N${a}`), naturalKey(`N${b}`));
        return Math.sign(order) === Math.sign(a - b);
      }),
    );
  });
});

describe('quantityKey', () => {
  it('orders quantities by value across units', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat({ max: 6 }), fc.nat(), fc.nat({ max: 6 }), (a, da, b, db) => {
        const order = compareText(quantityKey(a, da), quantityKey(b, db));
        const value = BigInt(a) * 10n ** BigInt(6 - da) - BigInt(b) * 10n ** BigInt(6 - db);
        return Math.sign(order) === (value === 0n ? 0 : value < 0n ? -1 : 1);
      }),
    );
  });
});

describe('compareText', () => {
  it('orders by code points where UTF-16 units would not', () => {
    const sorted = ['\ud7ff', '\ue000', '\ufffd', '\uffff', '\u{10000}', '😀', '\u{10ffff}'];
    expect([...sorted].reverse().sort(compareText)).toEqual(sorted);
    expect([...sorted].sort()).not.toEqual(sorted);
  });

  it('agrees with a comparison of code points on every well-formed text', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'b', '\ue000', '\uffff', '😀', '\u{10ffff}', '\ud7ff'),
    });
    fc.assert(
      fc.property(text, text, (a, b) => Math.sign(compareText(a, b)) === Math.sign(byCodePoints(a, b))),
    );
  });
});

describe('fold', () => {
  it('leaves out case and compatibility forms', () => {
    expect(fold('ＦＩＮＥ')).toBe(fold('ﬁne'));
    expect(fold('Straße')).toBe(fold('STRASSE'));
    expect(fold('①')).toBe('1');
    expect(fold('a')).not.toBe(fold('á'));
  });
});
