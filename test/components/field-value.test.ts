/** Texts of fields and their wire values: decimal commas, grouping, dates, what cannot be read. */
import { describe, expect, it } from 'vitest';
import { readField, shownText, todayIn } from '../../src/components/controllers/field-value.ts';
import { Format } from '../../src/components/i18n/format.ts';
import { loadCatalogue } from '../../src/components/i18n/load.ts';

const [english, italian] = await Promise.all(['en', 'it'].map((tag) => loadCatalogue(tag)));
const en = { format: new Format('en', english as NonNullable<typeof english>), today: '2026-11-22' };
const it_ = { format: new Format('it', italian as NonNullable<typeof italian>), today: '2026-11-22' };

describe('readField', () => {
  it('conventions 55, 56: reads a number as its language writes it and sends it without one', () => {
    expect(readField('quantity', '1.234,5', it_)).toEqual({ value: '1234.5' });
    expect(readField('quantity', '1,234.5', en)).toEqual({ value: '1234.5' });
    expect(readField('number', '−0,50', it_)).toEqual({ value: '-0.5' });
    expect(readField('quantity', '  ', en)).toEqual({ value: '' });
  });

  it('has no value and a sentence for what it cannot take', () => {
    expect(readField('number', 'dozen', en)).toEqual({
      value: '',
      problem: { flag: 'badInput', text: 'This is no number.' },
    });
    expect(readField('quantity', '-1', en).problem?.flag).toBe('rangeUnderflow');
    expect(readField('quantity', '-0', en).problem).toBeUndefined();
    expect(readField('quantity', '1.25', { ...en, decimals: 1, unit: 'KG' }).problem).toEqual({
      flag: 'stepMismatch',
      text: 'KG has 1 decimal.',
    });
    expect(readField('number', '1.5', { ...en, decimals: 0 }).problem?.text).toBe(
      'Only whole numbers fit here.',
    );
    expect(readField('quantity', '1.5000', { ...en, decimals: 1 })).toEqual({ value: '1.5' });
  });

  it('reads dates in the order of the language, and keeps texts as they are', () => {
    expect(readField('date', '6/12', it_)).toEqual({ value: '2026-12-06' });
    expect(readField('date', '31/11/2026', en).problem?.text).toBe('This day does not exist.');
    expect(readField('date', 'soon', it_).problem?.flag).toBe('badInput');
    expect(readField('text', ' 1,5 ', en)).toEqual({ value: ' 1,5 ' });
  });
});

describe('shownText', () => {
  it('writes a wire value as the language does, and can be read back', () => {
    for (const [value, kind] of [
      ['14500.25', 'quantity'],
      ['-3', 'number'],
      ['2026-12-06', 'date'],
      ['DN-99', 'text'],
    ] as const) {
      for (const o of [en, it_])
        expect(readField(kind, shownText(kind, value, o.format), o)).toEqual({ value });
    }
  });

  it('shows what is no value of its kind as it is', () => {
    expect(shownText('number', 'twelve', en.format)).toBe('twelve');
    expect(shownText('date', '', it_.format)).toBe('');
  });
});

describe('todayIn', () => {
  it('is the day of the zone', () => {
    const late = new Date('2026-11-22T23:30:00Z');
    expect(todayIn('UTC', late)).toBe('2026-11-22');
    expect(todayIn('Europe/Rome', late)).toBe('2026-11-23');
  });
});
