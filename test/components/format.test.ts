/** Numbers, dates and sentences in two languages and more; what people type read back. */
import { describe, expect, it } from 'vitest';
import { fill } from '../../src/components/i18n/catalogue.ts';
import { expirySeverity, lifeLeft } from '../../src/components/i18n/expiry.ts';
import { Format } from '../../src/components/i18n/format.ts';
import { catalogueNow, loadCatalogue, registerCatalogue } from '../../src/components/i18n/load.ts';
import { directionOf, knownLocale } from '../../src/components/i18n/locale.ts';
import { parseDate, parseQuantity } from '../../src/components/i18n/parse.ts';

const catalogue = await loadCatalogue('en');
const english = new Format('en', catalogue, { timeZone: 'Europe/Rome' });
const italian = new Format('it', await loadCatalogue('it'), { timeZone: 'Europe/Rome' });
const TODAY = '2026-11-22';

describe('quantities', () => {
  it.each([
    ['6240', 0, '6,240', '6.240'],
    ['184.25', 3, '184.250', '184,250'],
    ['0', 3, '0.000', '0,000'],
    ['-600', 0, '\u2212600', '\u2212600'],
    ['9007199254740993.000001', 6, '9,007,199,254,740,993.000001', '9.007.199.254.740.993,000001'],
    ['12345678901234567890', 0, '12,345,678,901,234,567,890', '12.345.678.901.234.567.890'],
  ])('%s with %i decimals keeps every digit', (value, decimals, en, it) => {
    expect(english.quantity(value, decimals)).toBe(en);
    expect(italian.quantity(value, decimals)).toBe(it);
  });

  it('shows a plus only where signs are asked for, and never on zero', () => {
    expect(english.quantity('360', 0, { signed: true })).toBe('+360');
    expect(english.quantity('-0.5', 1, { signed: true })).toBe('\u22120.5');
    expect(english.quantity('0', 0, { signed: true })).toBe('0');
  });

  it('writes in the numerals of the language, whole and fraction alike', () => {
    const egyptian = new Format('ar-EG', catalogue);
    expect(egyptian.quantity('12.5', 2)).toBe('١٢٫٥٠');
  });
});
describe('dates', () => {
  it('are medium with a two-digit day and never numbers alone', () => {
    expect(english.date('2026-12-06')).toBe('06 Dec 2026');
    expect(italian.date('2026-12-06')).toBe('06 dic 2026');
  });

  it('do not slip by a day, wherever the clock stands', () => {
    for (const zone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
      expect(new Format('en', catalogue, { timeZone: zone }).date('2027-01-01')).toBe('01 Jan 2027');
    }
  });

  it('shows moments in the ledger’s zone', () => {
    expect(english.exactMoment('2026-11-22T09:00:07Z')).toBe('22 Nov 2026, 10:00:07');
    expect(english.time('2026-11-22T23:30:00Z')).toBe('00:30');
  });

  it('gives back what is no date', () => {
    expect(english.date('soon')).toBe('soon');
  });
});

describe('expiry in words', () => {
  it.each([
    ['2026-12-11', 'in 19 d', 'tra 19 gg'],
    ['2026-11-23', 'tomorrow', 'domani'],
    ['2026-11-22', 'last day', 'ultimo giorno'],
    ['2026-11-21', 'yesterday', 'ieri'],
    ['2026-11-19', '3 d ago', '3 gg fa'],
    ['2027-02-19', 'in 89 d', 'tra 89 gg'],
    ['2027-02-20', 'in 3 mo', 'tra 3 mesi'],
    ['2027-04-12', 'in 5 mo', 'tra 5 mesi'],
    ['2031-11-22', 'in 5 y', 'tra 5 anni'],
  ])('%s is %s', (date, en, it) => {
    expect(english.expiry(date, TODAY).words).toBe(en);
    expect(italian.expiry(date, TODAY).words).toBe(it);
  });

  it('R28 the expiry day itself is still good: last day, not past', () => {
    expect(english.expiry(TODAY, TODAY).severity).toBe('plain');
    expect(english.expiry('2026-11-21', TODAY).severity).toBe('past');
  });

  it('takes its limits from the item and never alarms without stock', () => {
    const terms = { shelfLifeDays: 30, warnDays: 10, blockDays: 2 };
    expect([11, 10, 3, 2, 0, -1].map((days) => expirySeverity(days, terms))).toEqual([
      'plain',
      'warn',
      'warn',
      'block',
      'block',
      'past',
    ]);
    expect(expirySeverity(1, {})).toBe('plain');
    expect(english.expiry('2026-11-01', TODAY, terms, true).severity).toBe('quiet');
  });

  it('draws at least six percent of life, and none without a shelf life', () => {
    expect([30, 15, 0].map((days) => lifeLeft(days, 30))).toEqual([100, 50, 6]);
    expect(lifeLeft(40, 30)).toBe(100);
    expect(lifeLeft(5, null)).toBe(null);
    expect(lifeLeft(-1, 30)).toBe(null);
  });

  it('says the full sentence for titles', () => {
    const terms = { shelfLifeDays: 30 };
    expect(english.expiry('2026-12-11', TODAY, terms).sentence).toBe(
      'Expires 11 December 2026, 19 of 30 days left.',
    );
    expect(italian.expiry('2026-11-23', TODAY).sentence).toBe('Scade il 23 novembre 2026, resta 1 giorno.');
  });
});

describe('texts', () => {
  it('leave a bracket out when a value in it is missing', () => {
    expect(fill('Lot {code}[, short by {n}[x]]', { code: 'A' })).toContain('Lot A');
    expect(fill('Only {a}[ on {date}].', { a: 3 })).toBe('Only 3.');
    expect(fill('Only {a}[ on {date}].', { a: 3, date: 'Monday' })).toBe('Only 3 on Monday.');
  });

  it('choose the plural form and group the count', () => {
    expect(english.text('lots.open', { n: 1 })).toBe('1 open lot');
    expect(english.text('lots.open', { n: 1284 })).toBe('1,284 open lots');
    expect(italian.text('lots.open', { n: 1284 })).toBe('1.284 lotti aperti');
  });

  it('let the host override single texts', () => {
    const own = new Format('en', catalogue, { labels: { 'lots.title': 'Batches' } });
    expect(own.text('lots.title')).toBe('Batches');
    expect(own.text('serials.title')).toBe('Serials');
  });

  it('render a problem with its details formatted, and fall back where a code is unknown', () => {
    const details = { code: '202611011', shortage: '1040.5', date: '2026-11-19', available: '580' };
    expect(italian.problem('lot.insufficient', details)).toBe(
      'Il lotto 202611011 lì non basta: 580, e andrebbe sotto di 1.040,5 il 19 nov 2026. Nulla è stato registrato.',
    );
    expect(english.problem('lot.insufficient', { code: 'A' })).toBe(
      'Lot A has too little there. Nothing was posted.',
    );
    expect(english.problem('host.own', {}, 'As the host says.')).toBe('As the host says.');
  });

  it('take a registered language, in part', async () => {
    registerCatalogue('de', { messages: { 'lots.title': 'Chargen' } });
    const german = new Format('de', await loadCatalogue('de'));
    expect(german.text('lots.title')).toBe('Chargen');
    expect(german.text('serials.title')).toBe('Serials');
    expect(catalogueNow('fr')).toBe(catalogueNow('en'));
  });

  it('keep a bad language tag from throwing', () => {
    expect(knownLocale('not a tag')).toBe('en');
    expect(knownLocale(undefined)).toBe('en');
    expect(directionOf('ar-EG')).toBe('rtl');
    expect(directionOf('it')).toBe('ltr');
  });
});

describe('numbers as typed', () => {
  it.each([
    ['1.234,5', 'it', '1234.5'],
    ['1,234.5', 'en', '1234.5'],
    ['1234,5', 'it', '1234.5'],
    ['0,50', 'it', '0.5'],
    [',5', 'it', '0.5'],
    ['1.5', 'it', '1.5'],
    ['1.500', 'it', '1500'],
    ['12,5', 'en', '12.5'],
    ['1,500', 'en', '1500'],
    ['1 234 567', 'fr', '1234567'],
    ['1\u202f234,5', 'fr', '1234.5'],
    ['−7', 'en', '-7'],
    ['007', 'en', '7'],
    ['١٢٫٥', 'ar-EG', '12.5'],
    ['9007199254740993', 'en', '9007199254740993'],
  ])('%s in %s is %s', (typed, locale, value) => {
    expect(parseQuantity(typed, locale)).toEqual({ ok: true, value, text: typed });
  });

  it.each([
    ['1,2,3', 'en'],
    ['twelve', 'en'],
    ['1e5', 'en'],
    ['1.23.4', 'it'],
    ['12 kg', 'it'],
    ['1,23,456', 'en'],
  ])('%s in %s is kept and flagged', (typed, locale) => {
    expect(parseQuantity(typed, locale)).toEqual({ ok: false, problem: 'notNumber', text: typed });
  });

  it('knows nothing typed from something wrong', () => {
    expect(parseQuantity('  ', 'en')).toMatchObject({ ok: false, problem: 'empty' });
  });
});

describe('dates as typed', () => {
  it.each([
    ['06/12/2026', 'it', '2026-12-06'],
    ['06/12/26', 'en', '2026-12-06'],
    ['12/06/2026', 'en-US', '2026-12-06'],
    ['6.12.2026', 'de', '2026-12-06'],
    ['6 dic 2026', 'it', '2026-12-06'],
    ['06 Dec 2026', 'en', '2026-12-06'],
    ['Dec 6, 2026', 'en-US', '2026-12-06'],
    ['6 dicembre', 'it', '2026-12-06'],
    ['6/12', 'it', '2026-12-06'],
    ['12/6', 'en-US', '2026-12-06'],
    ['2026-12-06', 'it', '2026-12-06'],
    ['20261206', 'en', '2026-12-06'],
    ['2026/12/06', 'ja', '2026-12-06'],
    ['29/02/2028', 'it', '2028-02-29'],
  ])('%s in %s is %s', (typed, locale, value) => {
    expect(parseDate(typed, locale, TODAY)).toEqual({ ok: true, value, text: typed });
  });

  it('reads what it writes, in every language that elements speak', () => {
    for (const format of [english, italian]) {
      for (let day = 0; day < 400; day++) {
        const date = new Date(Date.UTC(2026, 10, 22 + day)).toISOString().slice(0, 10);
        expect(parseDate(format.date(date), format.locale, TODAY)).toMatchObject({ value: date });
      }
    }
  });

  it.each([
    ['31/11/2026', 'noSuchDay'],
    ['29/02/2026', 'noSuchDay'],
    ['00/01/2026', 'noSuchDay'],
    ['tomorrow', 'notDate'],
    ['1/2/3/4', 'notDate'],
    ['5 foo 2026', 'notDate'],
  ])('%s is kept and flagged %s', (typed, problem) => {
    expect(parseDate(typed, 'en', TODAY)).toEqual({ ok: false, problem, text: typed });
  });
});
