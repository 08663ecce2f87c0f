/** Filters of the registers: what every kind of field can be compared with. */
import { describe, expect, test } from 'vitest';
import type { Ledger } from '../../../src/core/index.ts';
import { load, refusal, refused, trial } from '../commands/trial.ts';

describe('lots', () => {
  async function shelf(): Promise<Ledger> {
    const ledger = await trial();
    await ledger.grades.create({ code: 'Ⅰ A' });
    await ledger.grades.create({ code: 'B' });
    await ledger.lotTypes.create({ code: 'Raw' });
    const make = (code: string, fields: object) => ledger.lots.create({ item: 'GOUDA', code, ...fields });
    await make('ONE', { supplierLot: 'X2', reference: 'Ref 1', grade: 'ⅰ a', lotType: 'RAW' });
    await make('TWO', { supplierLot: 'X10', description: 'Second', grade: 'b', manufacturer: 'Hof' });
    await make('TRE', { supplierLot: 'x2' });
    return ledger;
  }
  const found = async (ledger: Ledger, filter: object): Promise<string> =>
    (await ledger.lots.list({ filter } as never)).items
      .map((lot) => lot.code)
      .sort()
      .join(' ');

  test.each([
    [{ supplierLot: 'X2' }, 'ONE'],
    [{ supplierLot: { in: ['X2', 'X10'] } }, 'ONE TWO'],
    [{ supplierLot: { like: 'x%' } }, 'ONE TRE TWO'],
    [{ supplierLot: { from: 'X3' } }, 'TWO'],
    [{ supplierLot: { to: 'x9', like: '%2' } }, 'ONE TRE'],
    [{ supplierLot: { isNull: true } }, ''],
    [{ reference: 'Ref 1' }, 'ONE'],
    [{ reference: null }, 'TRE TWO'],
    [{ reference: { like: 'REF _' } }, 'ONE'],
    [{ description: 'Second' }, 'TWO'],
    [{ description: { isNull: true } }, 'ONE TRE'],
    [{ manufacturer: { in: ['Hof', 'Alm'] } }, 'TWO'],
  ])('texts are compared as they are written: %j', async (filter, codes) => {
    expect(await found(await shelf(), filter)).toBe(codes);
  });

  test.each([
    [{ grade: 'ⅰ A' }, 'ONE'],
    [{ grade: { in: ['B', null] } }, 'TRE TWO'],
    [{ grade: { like: 'B' } }, 'TWO'],
    [{ lotType: 'raw' }, 'ONE'],
    [{ lotType: null, grade: 'B' }, 'TWO'],
  ])('R18 grades and lot types are compared as codes: %j', async (filter, codes) => {
    expect(await found(await shelf(), filter)).toBe(codes);
  });

  test('R18 a filter finds a lot whose grade is written in another case by now', async () => {
    const ledger = await shelf();
    await ledger.grades.update('B', { code: 'b' });
    expect(await found(ledger, { grade: 'B' })).toBe('TWO');
  });

  test('several places are asked at once', async () => {
    const ledger = await shelf();
    await load(ledger, 'GOUDA', 'HERE', '1');
    await ledger.postings.post({
      warehouse: 'SHOP',
      template: 'IN',
      date: '2026-03-18',
      lines: [{ item: 'GOUDA', quantity: '1', lots: [{ code: 'THERE', quantity: '1' }] }],
    });
    expect(await found(ledger, { warehouse: { in: ['shop', 'CAVE'] } })).toBe('HERE THERE');
    expect(await found(ledger, { warehouse: { in: ['SHOP'] } })).toBe('THERE');
    expect(await found(ledger, { warehouse: { in: [] } })).toBe('');
    expect(await found(ledger, { warehouse: { in: ['SHOP', 'CAVE'] }, location: null })).toBe('THERE');
    expect(await found(ledger, { warehouse: 'CAVE', location: { in: ['S1', 'S2'] } })).toBe('HERE');
    const why = (filter: object) => refused(ledger.lots.list({ filter } as never));
    expect(await found(ledger, { warehouse: { like: 's%' } })).toBe('THERE');
    expect(await found(ledger, { warehouse: null })).toBe('ONE TRE TWO');
    expect(await found(ledger, { warehouse: { isNull: false } })).toBe('HERE THERE');
    expect(await why({ warehouse: { from: 'C' } })).toBe('query.unsupported at filter.warehouse');
    expect(await why({ warehouse: { in: [null, 'CAVE'] } })).toBe('query.unsupported at filter.warehouse');
    expect(await why({ warehouse: { like: 'C%', in: ['CAVE'] } })).toBe(
      'query.unsupported at filter.warehouse',
    );
    expect(await why({ warehouse: { in: 'CAVE' } })).toBe('field.type at filter.warehouse.in');
    expect(await why({ warehouse: { in: [7] } })).toBe('field.type at filter.warehouse.in[0]');
    expect(await why({ warehouse: 7 })).toBe('field.type at filter.warehouse');
  });

  test('a refused filter tells what is on offer', async () => {
    const ledger = await shelf();
    const offered = async (query: object) =>
      (await refusal(ledger.lots.list(query as never))).details.offered as string[];
    expect(await offered({ filter: { colour: 1 } })).toContain('supplierLot');
    expect(await offered({ filter: { closed: { from: 1 } } })).toEqual(['in', 'isNull']);
    expect(await offered({ sort: ['colour'] })).toContain('expiryDate');
  });
});

test('serials are found by lot, supplier, holder and place', async () => {
  const ledger = await trial();
  const both = { unit: { code: 'PCE', decimals: 0 }, lots: {}, serials: {} };
  await ledger.items.create({ code: 'P', ...both });
  await ledger.items.create({ code: 'Q', ...both });
  const move = (template: string, item: string, lot: string, serial: string, party: object) =>
    ledger.postings.post({
      warehouse: 'SHOP',
      template,
      date: '2026-03-18',
      party: party as never,
      lines: [{ item, quantity: 1, lots: [{ code: lot, quantity: 1 }], serials: [{ code: serial }] }],
    });
  const supplier = { kind: 'supplier', code: 'Hof' };
  await move('IN', 'P', 'L1', 'P1', supplier);
  await move('IN', 'P', 'L2', 'P2', supplier);
  await move('IN', 'Q', 'l1', 'Q1', supplier);
  await ledger.serials.create({ item: 'P', code: 'P3', supplier: 'ALM' });
  await move('OUT', 'P', 'L2', 'P2', { kind: 'customer', code: 'Bistro' });
  const found = async (filter: object): Promise<string> =>
    (await ledger.serials.list({ filter } as never)).items.map((each) => each.code).join(' ');
  expect(await found({ lot: 'l1' })).toBe('P1 Q1');
  expect(await found({ lot: 'L1', item: 'p' })).toBe('P1');
  expect(await found({ lot: { in: ['L1', 'L2'] } })).toBe('P1 P2 Q1');
  expect(await found({ lot: null })).toBe('P3');
  expect(await found({ lot: 'L9' })).toBe('');
  expect(await found({ supplier: 'alm' })).toBe('P3');
  expect(await found({ holder: 'BISTRO' })).toBe('P2');
  expect(await found({ holder: { isNull: false } })).toBe('P2');
  expect(await found({ warehouse: { in: ['SHOP', 'CAVE'] } })).toBe('P1 Q1');
  expect(await found({ warehouse: null })).toBe('P2 P3');
  expect(await refused(ledger.serials.list({ filter: { lot: { like: 'L%' } } }))).toBe(
    'query.unsupported at filter.lot',
  );
});

test('postings are found by their documents, numbers and notes; not by item', async () => {
  const ledger = await trial();
  for (const number of [7, 12]) {
    await ledger.postings.post({
      warehouse: 'SHOP',
      template: 'IN',
      date: '2026-03-18',
      number,
      key: `K${number}`,
      document: { type: 'purchaseDeliveryNote', number: `DN-${number}` },
      note: number === 7 ? 'fresh' : null,
      lines: [{ item: 'NAILS', quantity: 1 }],
    });
  }
  const found = async (filter: object): Promise<string> =>
    (await ledger.postings.list({ filter, sort: ['seq'] } as never)).items
      .map((each) => each.number)
      .join(' ');
  expect(await found({ document: 'DN-7' })).toBe('7');
  expect(await found({ document: { in: ['DN-7', 'DN-12'] } })).toBe('7 12');
  expect(await found({ internalDocument: null })).toBe('7 12');
  expect(await found({ number: 12 })).toBe('12');
  expect(await found({ number: { from: 8 } })).toBe('12');
  expect(await found({ number: { like: '%-007' } })).toBe('7');
  expect(await found({ numberText: '2026/03/18-012' })).toBe('12');
  expect(await found({ key: 'K7' })).toBe('7');
  expect(await found({ note: { isNull: false } })).toBe('7');
  const error = await refusal(ledger.postings.list({ filter: { item: 'NAILS' } }));
  expect(error).toMatchObject({ code: 'query.unsupported', path: 'filter.item' });
});

describe('what a filter cannot mean', () => {
  test('more values of one field, or more filters, than anybody means', async () => {
    const ledger = await trial();
    const codes = (count: number) => Array.from({ length: count }, (_, i) => `L${i}`);
    expect((await ledger.lots.list({ filter: { code: { in: codes(10_000) } } })).items).toEqual([]);
    expect(await refused(ledger.lots.list({ filter: { code: { in: codes(10_001) } } }))).toBe(
      'limit.lines at filter.code.in',
    );
    const filter = Object.fromEntries(codes(101).map((code) => [`attributes.${code}`, 'x']));
    expect(await refused(ledger.lots.list({ filter }))).toBe('limit.lines at filter');
  });

  const questions = {
    list: (ledger: Ledger, filter: object) => ledger.lots.list({ filter } as never),
    values: (ledger: Ledger, filter: object) => ledger.lots.values('status', { filter } as never),
    summary: (ledger: Ledger, filter: object) => ledger.lots.summary({ filter } as never),
  };

  test.each(Object.entries(questions))(
    'a comparison with nothing is refused, not taken as all: %s',
    async (_name, ask) => {
      const ledger = await trial();
      for (const empty of [{}, { in: undefined }, { from: undefined, to: undefined }]) {
        expect(await refused(ask(ledger, { item: empty }))).toBe('field.required at filter.item');
        expect(await refused(ask(ledger, { warehouse: empty }))).toBe('field.required at filter.warehouse');
        expect(await refused(ask(ledger, { 'attributes.fat': empty }))).toBe(
          'field.required at filter.attributes.fat',
        );
      }
      await ask(ledger, { item: undefined, code: { in: [] } });
    },
  );

  test.each(Object.entries(questions))(
    'a filter named __proto__ is refused like any other unknown one: %s',
    async (_name, ask) => {
      const ledger = await trial();
      for (const text of ['{"__proto__":"x"}', '{"item":"GOUDA","__proto__":{"code":"x"}}']) {
        expect(await refused(ask(ledger, JSON.parse(text)))).toBe('field.unknown at filter.__proto__');
      }
    },
  );

  test('an instant is compared with a day, or with an instant in any offset, in UTC without one', async () => {
    const ledger = await trial();
    const { createdAt } = await ledger.lots.create({ item: 'GOUDA', code: 'NOW' });
    const at = new Date(createdAt).getTime();
    const utc = (shift: number): string => new Date(at + shift).toISOString();
    /** The same instant, as a clock two hours ahead of UTC shows it. */
    const ahead = (shift: number): string => utc(shift + 7_200_000).replace('Z', '+02:00');
    const local = (shift: number): string => utc(shift).replace('Z', '');
    const found = async (createdAt: object): Promise<number> =>
      (await ledger.lots.list({ filter: { createdAt } } as never)).items.length;
    for (const written of [utc, ahead, local]) {
      expect(await found({ from: written(0), to: written(0) })).toBe(1);
      expect(await found({ from: written(1) })).toBe(0);
      expect(await found({ to: written(-1) })).toBe(0);
    }
    const day = createdAt.slice(0, 10);
    expect(await found({ from: day, to: day })).toBe(1);
    const minute = createdAt.slice(0, 16);
    expect(await found({ from: minute, to: `${minute}:59.999Z` })).toBe(1);
  });

  test.each([
    'zzz',
    '',
    '2026-99-99',
    '2026-02-30',
    '2026-03',
    '2026-02-30T10:00Z',
    '2026-03-18T24:00Z',
    '2026-03-18T10:61Z',
    '2026-03-18T10:00+99:00',
    '2026-03-18 10:00',
    '9999-12-31T23:00-02:00',
  ])('an instant is not compared with what is no day and no instant: %j', async (text) => {
    const ledger = await trial();
    for (const field of ['createdAt', 'updatedAt']) {
      for (const side of ['from', 'to']) {
        const asked = ledger.lots.list({ filter: { [field]: { [side]: text } } } as never);
        expect(await refused(asked)).toBe(`date.invalid at filter.${field}.${side}`);
      }
    }
  });
});
