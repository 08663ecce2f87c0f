/** Codes from code types: composing, counters, roots, gaps, overflow. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CodeTypeInput } from '../../../src/core/model/inputs.ts';
import {
  type CodeValues,
  capacityLeft,
  checkCodeType,
  counterKey,
  generateCodes,
  hasCounter,
  type LastPosition,
  positionsLeft,
  rootOf,
  withGap,
} from '../../../src/core/rules/codes.ts';
import { refusal } from './errors.ts';
import { holds } from './random.ts';

const number = (length: number, fill: string | null = '0') => ({ source: 'number' as const, length, fill });
const letters = (length: number) => ({ source: 'letters' as const, length });
const typeOf = (parts: CodeTypeInput['parts'], more: Partial<CodeTypeInput> = {}): CodeTypeInput => ({
  code: 'T',
  kind: 'lot',
  parts,
  ...more,
});
const values = (more: Partial<CodeValues> = {}): CodeValues => ({
  item: { code: 'MILK', class: 'FOOD', category: 'DAIRY', type: null, characteristic: 'whole' },
  variant: null,
  lotType: null,
  insertDate: '2026-11-21',
  expiryDate: '2027-03-04',
  supplierName: 'Dairy Ltd',
  invoiceNumber: null,
  deliveryNote: 'DN-17',
  supplierLot: null,
  yearLetters: { code: 'Y', kind: 'year', rows: [{ value: 2026, letter: 'F' }] },
  monthLetters: { code: 'M', kind: 'month', rows: [{ value: 11, letter: 'L' }] },
  ...more,
});
const last = (
  at: number | null,
  letter: string | null = null,
  gaps: LastPosition['gaps'] = [],
): LastPosition => ({
  number: at,
  letters: letter,
  gaps,
});
const free = () => false;
const made = (
  type: CodeTypeInput,
  from: LastPosition | undefined,
  count = 1,
  exists: (code: string) => boolean = free,
  with_ = values(),
) => generateCodes(type, with_, from, count, exists).codes.map(({ code }) => code);
const one = (part: CodeTypeInput['parts'][number], with_ = values()) =>
  made(typeOf([part, number(1)]), undefined, 1, free, with_)[0]?.slice(0, -1);

const yearMonth = typeOf(
  [{ source: 'insertYear', length: 4 }, { source: 'insertMonth', length: 2 }, number(3)],
  {
    root: ['insertYear', 'insertMonth'],
    firstNumber: 1,
  },
);

describe('generation', () => {
  it('R1 each root has a counter of its own, and starts again', () => {
    expect(made(yearMonth, undefined, 2)).toEqual(['202611001', '202611002']);
    expect(made(yearMonth, last(41))).toEqual(['202611042']);
    expect(made(yearMonth, undefined, 1, free, values({ insertDate: '2026-12-01' }))).toEqual(['202612001']);
    expect(made(yearMonth, undefined, 1, free, values({ insertDate: '2027-02-09' }))).toEqual(['202702001']);
    const november = counterKey(yearMonth, rootOf(yearMonth, values()), { item: 'MILK', variant: null });
    const december = rootOf(yearMonth, values({ insertDate: '2026-12-31' }));
    expect(december).toEqual({ insertYear: '2026', insertMonth: '12' });
    expect(counterKey(yearMonth, december, { item: 'MILK', variant: null })).not.toBe(november);
  });

  it('R2 a filled number starts at zero unless said', () => {
    expect(made(typeOf([number(5)]), undefined, 3)).toEqual(['00000', '00001', '00002']);
    expect(made(typeOf([number(4, 'x')], { firstNumber: 9 }), undefined, 2)).toEqual(['xxx9', 'xx10']);
  });

  it('R3 a number that no longer fits is refused and never cut', () => {
    expect(refusal(() => made(typeOf([number(3)]), last(999)))).toMatchObject({
      code: 'code.overflow',
      details: { length: 3 },
    });
    expect(refusal(() => made(typeOf([number(2)]), last(97), 3)).code).toBe('code.overflow');
    expect(made(typeOf([number(16)]), last(999_999_999_999_999))).toEqual(['1000000000000000']);
    expect(refusal(() => made(typeOf([number(30)]), last(Number.MAX_SAFE_INTEGER))).code).toBe(
      'code.overflow',
    );
  });

  it('R4 gaps are filled first, in order, where the type says so', () => {
    const gaps = withGap(withGap([], { number: 7, letters: null }), { number: 2, letters: null });
    const filling = typeOf([number(3)], { fillGaps: true, firstNumber: 1 });
    const answer = generateCodes(filling, values(), last(9, null, gaps), 3, free);
    expect(answer.codes.map(({ code }) => code)).toEqual(['002', '007', '010']);
    expect(answer.counter).toEqual(last(10));
    expect(generateCodes(filling, values(), last(9, null, gaps), 1, free).counter).toEqual(
      last(9, null, [{ number: 7, letters: null }]),
    );
    const plain = typeOf([number(3)], { firstNumber: 1 });
    expect(made(plain, last(9, null, gaps))).toEqual(['010']);
    expect(withGap(gaps, { number: 7, letters: null })).toEqual(gaps);
  });

  it('R4 codes that exist are stepped over, and the step counts as passed', () => {
    const taken = new Set(['003', '004', '006']);
    const answer = generateCodes(typeOf([number(3)]), values(), last(2), 2, (code) => taken.has(code));
    expect(answer.codes).toEqual([
      { code: '005', position: { number: 5, letters: null } },
      { code: '007', position: { number: 7, letters: null } },
    ]);
    expect(answer.counter).toEqual(last(7));
    const filling = typeOf([number(3)], { fillGaps: true });
    const gap = last(9, null, [{ number: 4, letters: null }]);
    // the gap was typed by hand meanwhile
    expect(generateCodes(filling, values(), gap, 1, (code) => taken.has(code))).toEqual({
      codes: [{ code: '010', position: { number: 10, letters: null } }],
      counter: last(10),
    });
    expect(refusal(() => made(typeOf([number(1)]), undefined, 1, () => true)).code).toBe('code.overflow');
  });

  it('R5 letters advance within their length and are refused beyond it', () => {
    const type = typeOf([letters(2)]);
    expect(made(type, last(null, 'Z'), 2)).toEqual(['AA', 'AB']);
    expect(made(type, last(null, 'AZ'))).toEqual(['BA']);
    expect(made(type, undefined)).toEqual(['A']);
    expect(made(typeOf([letters(3)], { firstLetter: 'ZY' }), undefined, 3)).toEqual(['ZY', 'ZZ', 'AAA']);
    expect(refusal(() => made(type, last(null, 'ZZ')))).toMatchObject({
      code: 'code.overflow',
      details: { length: 2 },
    });
    expect(refusal(() => made(typeOf([letters(1)]), last(null, 'Z'))).code).toBe('code.overflow');
  });

  it('R5 with both, the number runs and when it is full the letters advance', () => {
    const type = typeOf([letters(1), number(1)], { firstNumber: 8, firstLetter: 'Y' });
    expect(made(type, undefined, 4)).toEqual(['Y8', 'Y9', 'Z8', 'Z9']);
    expect(refusal(() => made(type, undefined, 5)).code).toBe('code.overflow');
    expect(made(type, last(9, null))).toEqual(['Y8']);
  });

  it('R7 short parts are filled from the left, long texts cut, years keep their last digits', () => {
    expect(one({ source: 'itemCode', length: 6, fill: '_' })).toBe('__MILK');
    expect(one({ source: 'itemCode', length: 6 })).toBe('MILK');
    expect(one({ source: 'supplierName', length: 4 })).toBe('Dair');
    expect(one({ source: 'insertYear', length: 2 })).toBe('26');
    expect(one({ source: 'expiryYear', length: 3 })).toBe('027');
    expect(one({ source: 'expiryMonth', length: 3, fill: '0' })).toBe('003');
    expect(one({ source: 'text', value: 'LOT ' })).toBe('LOT ');
    expect(one({ source: 'text', value: 'LOT', length: 2 })).toBe('LO');
    // a character outside the basic plane is one character
    expect(one({ source: 'supplierLot', length: 2 }, values({ supplierLot: '🥛é\u0301x' }))).toBe('🥛é');
    expect(made(typeOf([number(4, null)]), last(6))).toEqual(['7']);
  });

  it('R7 a month or day is two digits, loses its zero for a single place, and is never cut', () => {
    const march = values({ insertDate: '2026-03-09' });
    expect(one({ source: 'insertMonth', length: 2 }, march)).toBe('03');
    expect(one({ source: 'insertDay', length: 1 }, march)).toBe('9');
    expect(refusal(() => one({ source: 'insertDay', length: 1 })).code).toBe('code.overflow');
  });

  it('R8 an expiry part needs an expiry', () => {
    for (const source of ['expiryDay', 'expiryMonth', 'expiryYear'] as const) {
      expect(refusal(() => one({ source, length: 2 }, values({ expiryDate: null })))).toMatchObject({
        code: 'codeType.missingPart',
        details: { source },
      });
      expect(one({ source, length: 2, optional: true }, values({ expiryDate: null }))).toBe('');
    }
  });

  it('R9 a letter part needs its row', () => {
    const next = values({ insertDate: '2027-01-10' });
    expect(one({ source: 'yearLetter', length: 1 })).toBe('F');
    expect(one({ source: 'monthLetter', length: 1 })).toBe('L');
    for (const source of ['yearLetter', 'monthLetter'] as const)
      expect(refusal(() => one({ source, length: 1 }, next))).toMatchObject({
        code: 'codeType.missingPart',
        details: { source },
      });
    expect(refusal(() => one({ source: 'yearLetter', length: 1 }, values({ yearLetters: null }))).code).toBe(
      'codeType.missingPart',
    );
  });

  it('R10 an empty value is refused unless its part is optional', () => {
    for (const source of ['supplierLot', 'variant', 'itemType', 'lotType', 'invoiceNumber'] as const) {
      expect(refusal(() => one({ source, length: 5 }))).toMatchObject({
        code: 'codeType.missingPart',
        details: { source },
      });
      expect(one({ source, length: 5, optional: true, fill: '0' })).toBe('');
    }
    expect(refusal(() => one({ source: 'supplierLot', length: 5 }, values({ supplierLot: '  ' }))).code).toBe(
      'codeType.missingPart',
    );
    expect(one({ source: 'deliveryNote', length: 10 })).toBe('DN-17');
  });

  it('R11 a code longer than fifty characters is refused', () => {
    const parts = [{ source: 'supplierLot' as const, length: 48 }, number(3)];
    const fits = values({ supplierLot: '🧀'.repeat(47) });
    expect([...(made(typeOf(parts), undefined, 1, free, fits)[0] ?? '')]).toHaveLength(50);
    expect(
      refusal(() => made(typeOf(parts), undefined, 1, free, values({ supplierLot: 'x'.repeat(48) }))),
    ).toMatchObject({ code: 'code.tooLong', details: { max: 50 } });
  });

  it('R12 the counter’s key knows the scope, the root and nothing of case', () => {
    const key = (root: Record<string, string>, item: string | null, variant: string | null = null) =>
      counterKey({ code: 'T' }, root, { item, variant });
    expect(key({}, 'A')).not.toBe(key({}, 'B'));
    expect(key({}, 'A', 'RED')).not.toBe(key({}, 'A'));
    expect(key({}, 'A', 'RED')).not.toBe(key({}, 'A RED'));
    expect(key({}, null)).not.toBe(key({}, 'A'));
    expect(key({ itemCode: 'A', variant: 'B' }, null)).toBe(key({ variant: 'B', itemCode: 'A' }, null));
    expect(key({ itemCode: 'AB', variant: '' }, null)).not.toBe(key({ itemCode: 'A', variant: 'B' }, null));
    expect(key({ supplierLot: 'ab' }, 'x')).toBe(key({ supplierLot: 'AB' }, 'X'));
  });

  it('R12 keys are equal only when code type, root and scope are', () => {
    const word = fc.string({ unit: fc.constantFrom('A', 'B', '1', '-', ' '), maxLength: 3 });
    const place = fc.record({
      code: word,
      year: word,
      lot: word,
      item: fc.option(word),
      variant: fc.option(word),
    });
    const plain = (text: string | null) => (text ?? '').trim();
    holds(
      fc.property(place, place, (a, b) => {
        const [x, y] = [a, b].map((p) => counterKey(p, { insertYear: p.year, supplierLot: p.lot }, p));
        const same =
          plain(a.code) === plain(b.code) &&
          a.year === b.year &&
          a.lot === b.lot &&
          plain(a.item) === plain(b.item) &&
          plain(a.variant) === plain(b.variant);
        expect(x === y).toBe(same);
      }),
      2000,
    );
  });

  it('R1 a run of codes is the same however it is divided', () => {
    const type = typeOf([letters(2), { source: 'text', value: '-' }, number(2)], {
      firstNumber: 3,
      fillGaps: true,
    });
    holds(
      fc.property(fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 12 }), (counts) => {
        let at: LastPosition | undefined;
        const codes: string[] = [];
        for (const count of counts) {
          const answer = generateCodes(type, values(), at, count, (code) => code.endsWith('13'));
          codes.push(...answer.codes.map(({ code }) => code));
          at = answer.counter;
        }
        expect(codes).toEqual(made(type, undefined, codes.length, (code: string) => code.endsWith('13')));
        expect(new Set(codes).size).toBe(codes.length);
      }),
      60,
    );
  });

  it('R4 two positions that would read the same make one code', () => {
    // filled with ones, 1 and 11 are written alike
    expect(made(typeOf([number(2, '1')], { firstNumber: 1 }), undefined, 11)).not.toContain(undefined);
    const codes = made(typeOf([number(2, '1')], { firstNumber: 1 }), undefined, 11);
    expect(codes.slice(0, 2)).toEqual(['11', '12']);
    expect(new Set(codes).size).toBe(11);
  });

  it('makes ten thousand codes at once', () => {
    const codes = made(typeOf([{ source: 'itemCode', length: 10 }, number(6)]), undefined, 10_000);
    expect(codes[9999]).toBe('MILK009999');
  });

  it('refuses to count without a counter', () => {
    const type = typeOf([{ source: 'deliveryNote', length: 10 }]);
    expect(hasCounter(type)).toBe(false);
    expect(refusal(() => made(type, undefined)).code).toBe('codeType.counter');
    expect(hasCounter(yearMonth)).toBe(true);
  });
});

describe('definitions', () => {
  const problem = (type: CodeTypeInput) => {
    const { code, path } = refusal(() => checkCodeType(type));
    return [code, path];
  };

  it('R6 a progressive part in the root is refused', () => {
    const parts = [{ source: 'insertYear' as const, length: 4 }, number(3), letters(1)];
    expect(problem(typeOf(parts, { root: ['insertYear', 'number'] }))).toEqual([
      'codeType.rootHasProgressive',
      'root[1]',
    ]);
    expect(problem(typeOf(parts, { root: ['letters'] }))).toEqual(['codeType.rootHasProgressive', 'root[0]']);
  });

  it('R6 so is a root of parts the code does not have, a second counter, and a part without its length', () => {
    expect(problem(typeOf([number(3)], { root: ['variant'] }))).toEqual([
      'codeType.rootUnknownPart',
      'root[0]',
    ]);
    expect(problem(typeOf([number(3), letters(2), number(2)]))).toEqual([
      'codeType.counter',
      'parts[2].source',
    ]);
    expect(problem(typeOf([{ source: 'itemCode' }, number(3)]))).toEqual([
      'field.required',
      'parts[0].length',
    ]);
    expect(problem(typeOf([number(3), { source: 'text', value: '' }]))).toEqual([
      'field.required',
      'parts[1].value',
    ]);
    expect(problem(typeOf([number(3)], { firstNumber: 1000 }))).toEqual(['code.overflow', 'firstNumber']);
    expect(problem(typeOf([letters(1)], { firstLetter: 'AA' }))).toEqual(['code.overflow', 'firstLetter']);
    expect(checkCodeType(yearMonth)).toBeUndefined();
    expect(checkCodeType(typeOf([{ source: 'supplierLot', length: 50 }]))).toBeUndefined();
  });

  it('R1 the widest part of a source speaks for it in the root', () => {
    const year = (length: number) => ({ source: 'insertYear' as const, length });
    const type = typeOf([year(2), number(3), year(4)], { root: ['insertYear'] });
    expect(rootOf(type, values())).toEqual({ insertYear: '2026' });
  });
});

describe('forecast', () => {
  it.each([
    [typeOf([number(3)]), undefined, 1000n],
    [typeOf([number(3)], { firstNumber: 1 }), last(990), 9n],
    [typeOf([number(3)]), last(999), 0n],
    [typeOf([letters(1)]), last(null, 'X'), 2n],
    [typeOf([letters(2)]), undefined, 702n],
    [typeOf([letters(1), number(1)]), last(7, 'Y'), 12n],
    [typeOf([letters(50)]), undefined, (26n ** 51n - 26n) / 25n],
    [typeOf([number(3)], { fillGaps: true }), last(997, null, [{ number: 5, letters: null }]), 3n],
    [typeOf([{ source: 'supplierLot', length: 5 }]), undefined, 0n],
  ] as const)('R3 %# what is left is counted exactly', (type, at, expected) => {
    expect(positionsLeft(type, at)).toBe(expected);
  });

  it('R3 the forecast is exactly what generation can still make', () => {
    const shape = fc.record({
      length: fc.integer({ min: 1, max: 2 }),
      first: fc.integer({ min: 0, max: 9 }),
      withLetters: fc.boolean(),
      at: fc.integer({ min: 0, max: 100 }),
    });
    holds(
      fc.property(shape, ({ length, first, withLetters, at }) => {
        const parts = withLetters ? [letters(1), number(length)] : [number(length)];
        const type = typeOf(parts, { firstNumber: first, firstLetter: 'X' });
        const all = Number(capacityLeft(type, undefined));
        const start = Math.min(at, all);
        const { counter } = generateCodes(type, values(), undefined, start, free);
        const left = Number(positionsLeft(type, start === 0 ? undefined : counter));
        expect(left).toBe(all - start);
        expect(made(type, start === 0 ? undefined : counter, left)).toHaveLength(left);
        expect(refusal(() => made(type, start === 0 ? undefined : counter, left + 1)).code).toBe(
          'code.overflow',
        );
      }),
      100,
    );
    expect(capacityLeft(typeOf([{ source: 'itemCode', length: 5 }]), undefined)).toBeNull();
  });
});
