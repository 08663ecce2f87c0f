/** What the forms count and send: drafts and patches, sums, meters, serials by the thousand, attempts. */
import { describe, expect, it } from 'vitest';
import { Attempt, newCommandId } from '../../src/components/controllers/lot-form-attempt.ts';
import {
  changedFields,
  createInput,
  draftOf,
  emptyDraft,
  patchOf,
  withField,
} from '../../src/components/controllers/lot-form-draft.ts';
import { coreTools } from '../../src/components/controllers/lot-form-tools.ts';
import { least, minus, signOf, sumOf } from '../../src/components/controllers/lot-view-amounts.ts';
import type { Candidate } from '../../src/components/controllers/posting-form-allocation.ts';
import { emptyRow, newLine } from '../../src/components/controllers/posting-form-draft.ts';
import { takeRest, withRows, withTake } from '../../src/components/controllers/posting-form-edits.ts';
import { lineInput } from '../../src/components/controllers/posting-form-input.ts';
import { lineOf, withinLine } from '../../src/components/controllers/posting-form-preview.ts';
import { readSerials } from '../../src/components/controllers/posting-form-serials.ts';
import { inBase, piecesOf, statusOf } from '../../src/components/controllers/posting-form-status.ts';
import { judge } from '../../src/components/controllers/posting-form-verdicts.ts';
import type { Item, Lot } from '../../src/components/core.ts';

const item = (more: Partial<Item> = {}): Item =>
  ({
    code: 'MILK',
    unit: { code: 'PCE', decimals: 0 },
    alternativeUnits: [{ code: 'BOX', num: 12, den: 1 }],
    variants: [],
    lots: { codeType: 'YM', withdrawal: 'fefo' },
    serials: null,
    ...more,
  }) as Item;
const template = (type: 'load' | 'unload', more = {}) => ({
  ...{ code: 'T', type, intent: 'sale', tracksLots: true, tracksSerials: true, generatesSerials: false },
  ...{ requireDocument: false, requireParty: false, defaultLocation: null },
  ...{ explodeComponents: false, counterpart: null },
  ...more,
});

describe('an attempt', () => {
  it('keeps its id only while its outcome is not known', () => {
    const attempt = new Attempt();
    const first = attempt.id;
    attempt.failed({ retry: 'same-id' });
    expect([attempt.id, attempt.open]).toEqual([first, true]);
    attempt.failed({ retry: 'new-id' });
    expect(attempt.id).not.toBe(first);
    expect(attempt.open).toBe(false);
    const second = attempt.id;
    attempt.done();
    expect(attempt.id).not.toBe(second);
  });

  it('makes ids that a command may have', () => {
    const ids = Array.from({ length: 500 }, newCommandId);
    expect(new Set(ids).size).toBe(500);
    for (const id of ids) expect(id).toMatch(/^[\w-]{21}$/);
  });
});

describe('the fields of a lot', () => {
  it('send what was filled in, and leave the rest to the ledger', () => {
    let draft = withField(emptyDraft(), 'supplierLot', ' DN-7 ');
    draft = withField(draft, 'packageCount', '1.200');
    draft = withField(draft, 'expiryDate', { value: '2026-12-30' });
    draft = withField(draft, 'sellable', false);
    expect(createInput('MILK', '', draft, 'it')).toEqual({
      ...{ item: 'MILK', supplierLot: 'DN-7', packageCount: 1200, expiryDate: '2026-12-30', sellable: false },
    });
    expect(createInput('CHEESE', '24M', emptyDraft(), 'en')).toEqual({ item: 'CHEESE', variant: '24M' });
  });

  it('patch only what changed, and clear what was emptied', () => {
    const lot = {
      code: 'L1',
      notes: 'old',
      supplierLot: 'A',
      expiryDate: '2026-12-01',
      sellable: true,
    } as Lot;
    const base = draftOf(lot);
    let draft = withField(base, 'notes', '');
    draft = withField(draft, 'expiryDate', { value: '2026-12-02' });
    expect(patchOf(base, draft, 'en')).toEqual({ notes: null, expiryDate: '2026-12-02' });
    expect(changedFields(base, withField(base, 'supplierLot', ' A '))).toEqual([]);
  });
});

describe('sums on the screen', () => {
  it('are exact at any length', () => {
    expect(sumOf(['0.1', '0.2'])).toBe('0.3');
    expect(sumOf(['9007199254740993', '0.001'])).toBe('9007199254740993.001');
    expect(minus('3', '4.5')).toBe('-1.5');
    expect(minus('0.3', '0.3')).toBe('0');
    expect([signOf('-0.0'), signOf('-2'), signOf('0.01')]).toEqual([0, -1, 1]);
    expect(least('12.5', '12.49')).toBe('12.49');
  });

  it('convert units by their exact factors', () => {
    const pounds = item({ alternativeUnits: [{ code: 'LB', num: 45_359_237, den: 100_000_000 }] });
    expect(piecesOf('2.5', 'BOX', item())).toBe('30');
    expect(piecesOf('2.55', 'BOX', item())).toBeNull();
    expect(inBase('2', 'BOX', item())).toBe('24');
    expect(inBase('7', '', item())).toBe('7');
    expect(inBase('1', 'LB', pounds)).toBeNull();
    expect(inBase('0.5', 'BOX', item())).toBe('6');
  });
});

describe('a line', () => {
  const status = (line: ReturnType<typeof newLine>, type: 'load' | 'unload', more = {}) =>
    statusOf(line, { template: template(type), locale: 'en', given: 0, shortage: '0', ...more });

  it('knows what is needed, given and remaining', () => {
    const line = { ...newLine(item(), template('load')), quantity: '100', lotsMode: 'rows' as const };
    const rows = [emptyRow({ code: 'L1', quantity: '60' }), emptyRow({ code: 'L2', quantity: '30' })];
    const short = status(withRows(line, rows), 'load');
    expect(short.lotMeter).toEqual({ needed: '100', given: '90', remaining: '10' });
    expect(short.complete).toBe(false);
    const full = status(withRows(line, [...rows, emptyRow({ code: 'L3', quantity: '10' })]), 'load');
    expect(full.complete).toBe(true);
    const nameless = status(withRows(line, [emptyRow({ quantity: '100' })]), 'load');
    expect([nameless.badRows, nameless.complete]).toEqual([1, false]);
  });

  it('counts what an automatic unload cannot find', () => {
    const line = { ...newLine(item(), template('unload')), quantity: '3,000' };
    const short = status(line, 'unload', { shortage: '240' });
    expect(short.lotMeter).toEqual({ needed: '3000', given: '2760', remaining: '240' });
  });

  it('counts serials in pieces, whatever the unit', () => {
    const pump = item({ lots: null, serials: {} });
    const line = { ...newLine(pump, template('load')), quantity: '2', unit: 'BOX' };
    expect(status(line, 'load', { given: 24 }).serialMeter).toEqual({
      ...{ needed: '24', given: '24', remaining: '0' },
    });
    expect(status({ ...line, quantity: 'two' }, 'load').complete).toBe(false);
  });

  it('gives serials to the named lots in their order', () => {
    const both = item({ serials: {}, lots: { withdrawal: 'fefo' } });
    let line = { ...newLine(both, template('load')), quantity: '3', lotsMode: 'rows' as const };
    line = withRows(line, [
      emptyRow({ code: 'A', quantity: '2' }),
      emptyRow({ code: 'B', quantity: '1' }),
    ]) as never;
    const input = lineInput(line, status(line, 'load', { given: 3 }), {
      ...{ load: true, locale: 'en', codes: ['S1', 'S2', 'S3'] },
    });
    expect(input.serials).toEqual([
      { code: 'S1', lot: 'A' },
      { code: 'S2', lot: 'A' },
      { code: 'S3', lot: 'B' },
    ]);
  });

  it('leaves the lots of an unload to the serials that are named', () => {
    const both = item({ serials: {}, lots: { withdrawal: 'fefo' } });
    const line = { ...newLine(both, template('unload')), quantity: '1' };
    const input = lineInput(line, status(line, 'unload', { given: 1 }), {
      ...{ load: false, locale: 'en', codes: ['S9'] },
    });
    expect(input).toEqual({ item: 'MILK', quantity: '1', serials: [{ code: 'S9' }] });
  });

  it('takes the rest from what is left, and no more than there is', () => {
    const at = (code: string, available: string, reason: string | null): Candidate => ({
      ...{ lot: code, code, location: 'A', expiryDate: null, available, reason, status: null },
      held: '0',
      taken: reason === null ? available : null,
    });
    const candidates = [at('L1', '4', null), at('L2', '4', 'expired'), at('L3', '4', 'notNeeded')];
    const line = { ...newLine(item(), template('unload')), quantity: '7', lotsMode: 'rows' as const };
    const tools = {
      read: (row: { quantity: string }) => row.quantity || '0',
      show: String,
      minus,
      least,
      sum: sumOf,
    };
    const next = takeRest(line, candidates, { ...tools, remaining: '7' });
    expect(next.rows.map(({ code, quantity }) => [code, quantity])).toEqual([
      ['L1', '4'],
      ['L3', '3'],
    ]);
    const less = withTake(next, at('L1', '4', null), '', []);
    expect(less.rows.map(({ code }) => code)).toEqual(['L3']);
  });
});

describe('serials from a text', async () => {
  const tools = await coreTools();

  it('give every code a verdict, and spoil no other', () => {
    const read = readSerials('SN-1\nSN-2, sn-1; ~\tSN-4 - SN-6\n\n', tools);
    expect(read.codes).toEqual(['SN-1', 'SN-2', 'SN-4', 'SN-5', 'SN-6']);
    expect(read.all.map(({ verdict }) => verdict)).toEqual([
      ...['added', 'added', 'repeated', 'bad', 'added', 'added', 'added'],
    ]);
    expect([read.repeated, read.bad]).toEqual([1, 1]);
  });

  it('judge ten thousand once, not once per drawing', () => {
    const text = Array.from({ length: 10_000 }, (_, i) => `K${i}`).join('\r\n');
    const read = readSerials(text, tools);
    const court = { load: true, warehouse: 'MAIN', known: undefined, version: 0, refusal: undefined };
    const judged = judge(read, court);
    expect(judged.good.length).toBe(10_000);
    expect(judge(read, { ...court })).toBe(judged);
    const refusal = {
      kind: 'rejected' as const,
      code: 'serial.cancelled',
      path: 'serials[7]',
      details: {},
      message: '',
    };
    const after = judge(read, { ...court, refusal });
    expect(after.all[7]?.kind).toBe('refused');
    // what was refused last is still given: asking again tells
    expect(after.good.length).toBe(10_000);
  });
});

describe('a refusal', () => {
  it('finds its line, and says where in it', () => {
    expect(lineOf('lines[12].lots[0].code')).toEqual({ index: 12, rest: 'lots[0].code' });
    expect(lineOf('date')).toBeUndefined();
    const problem = {
      kind: 'rejected' as const,
      code: 'x',
      details: {},
      message: '',
      path: 'lines[0].quantity',
    };
    expect(withinLine(problem).path).toBe('quantity');
    expect(withinLine({ ...problem, path: 'lines[3]' }).path).toBeUndefined();
  });
});
