/** Values that are none: drawn as they stand, never as something else, and never thrown about. */
import { describe, expect, it } from 'vitest';
import { drawField, fileColumns } from '../../src/components/elements/register/columns.ts';
import { extensionFailed } from '../../src/components/extensions/failed.ts';
import type { DrawContext, FieldExtension, FieldType } from '../../src/components/extensions/types.ts';
import { Format, isZone } from '../../src/components/i18n/format.ts';
import { loadCatalogue } from '../../src/components/i18n/load.ts';
import { isLedger, problemOfConfig } from '../../src/components/provider/sound.ts';

const format = new Format('en', await loadCatalogue('en'), { timeZone: 'Europe/Roma' });
const context = { format } as DrawContext;
const field = (type: FieldType, more: object = {}): FieldExtension => ({
  key: 'k',
  label: 'K',
  type,
  ...more,
});
const text = (one: FieldExtension, value: unknown, stumbled = (): void => {}): string | undefined => {
  const column = { key: 'k', label: 'K', field: one } as Parameters<typeof fileColumns>[0][number];
  return fileColumns([column], context, () => value, stumbled)[0]?.text({});
};

describe('a cell', () => {
  it.each([
    ['number', Number.NaN, 'NaN'],
    ['number', Number.POSITIVE_INFINITY, 'Infinity'],
    ['number', 'n/a', 'n/a'],
    ['quantity', '1e9', '1e9'],
    ['date', '2026-02-31', '2026-02-31'],
    ['date', '2026-02-28', '28 Feb 2026'],
    ['instant', 'yesterday', 'yesterday'],
  ] as const)('of type %s with %s says %s', (type, value, said) => {
    expect(text(field(type), value)).toBe(said);
    expect(drawField(field(type), value, {}, context)).toBeDefined();
  });

  it.each(['render', 'format'])('whose %s throws shows its plain value, and says so', (name) => {
    const told: unknown[] = [];
    const bad = field('text', {
      [name]: () => {
        throw new Error('no');
      },
    });
    const drawn = drawField(bad, 'plain', {}, context, (_, error) => told.push(error));
    expect(JSON.stringify(drawn)).toContain('plain');
    expect(told).toEqual([new Error('no')]);
    expect(drawField(bad, Object.create(null), {}, context)).toBeDefined();
    if (name === 'format') expect(text(bad, 'plain')).toBe('plain');
  });
});

it('moments are told in a zone there is', () => {
  expect(isZone('Europe/Roma')).toBe(false);
  expect(format.moment('2026-11-21T15:40:00Z')).toContain('Nov');
  expect(format.expiry('2026-02-31', '2026-01-01')).toMatchObject({ date: '2026-02-31', words: '' });
});

it('a provider says what it cannot be opened with, by the name of the attribute', () => {
  expect(problemOfConfig({ timeZone: 'Europe/Rome' }, undefined, false)).toBeUndefined();
  expect(problemOfConfig({ timeZone: 'Europe/Roma' }, undefined, false)).toMatchObject({
    code: 'field.type',
    path: 'timeZone',
  });
  expect(problemOfConfig({}, undefined, true)).toMatchObject({ path: 'script' });
  expect(problemOfConfig({}, {}, false)).toMatchObject({ path: 'ledger' });
  expect(isLedger({ lots: {} })).toBe(true);
});

it('what the ledger refused inside a host’s function keeps its code', () => {
  const refused = Object.assign(new Error('no'), { kind: 'rejected', code: 'lot.closed' });
  expect(extensionFailed('x', refused)).toBe(refused);
  expect(extensionFailed('x', 'why')).toMatchObject({ code: 'extension.failed', details: { why: 'why' } });
  const said = format.problem('extension.failed', { name: 'Print', why: 'no paper' });
  expect(said).toBe('“Print” did not work: no paper.');
});
