/** Opening a ledger: options that no ledger can have are refused before the store is touched. */
import { describe, expect, test } from 'vitest';
import { memory } from '../../src/adapters/stores/memory/index.ts';
import { openLedger } from '../../src/core/index.ts';
import { caught } from '../rules/world.ts';

describe('openLedger', () => {
  test.each([
    [{ timeZone: 'Mars/Base' }, 'field.type', 'timeZone'],
    [{ timeZone: '' }, 'field.type', 'timeZone'],
    [{ timeZone: 7 as never }, 'field.type', 'timeZone'],
    [{ actor: 'a\u0000b' }, 'field.characters', 'actor'],
    [{ actor: 'two\nlines' }, 'field.characters', 'actor'],
    [{ actor: 'x'.repeat(201) }, 'field.tooLong', 'actor'],
    [{ actor: ' ' }, 'field.required', 'actor'],
    [{ actor: {} as never }, 'field.type', 'actor'],
  ])('R134 refuses %j', async (options, code, path) => {
    let opened = false;
    const store = memory();
    const adapter = {
      ...store,
      open: (...how: Parameters<typeof store.open>) => {
        opened = true;
        return store.open(...how);
      },
    };
    expect(await caught(() => openLedger(adapter, options))).toMatchObject({ code, path, kind: 'invalid' });
    expect(opened).toBe(false);
  });

  test('takes any zone there is, and an actor of 200 characters', async () => {
    const ledger = await openLedger(memory(), { timeZone: 'Asia/Kathmandu', actor: '名'.repeat(200) });
    const item = await ledger.items.create({ code: 'P', unit: { code: 'PCE', decimals: 0 } });
    expect(item.code).toBe('P');
  });
});
