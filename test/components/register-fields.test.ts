/** The built-in columns and actions of the registers, which are made of a host's own shapes and of nothing else. */
import { describe, expect, it, vi } from 'vitest';
import { lotsKind } from '../../src/components/elements/register/lots.ts';
import { postingsKind } from '../../src/components/elements/register/postings.ts';
import { serialsKind } from '../../src/components/elements/register/serials.ts';
import { resolveExtensions } from '../../src/components/extensions/resolve.ts';
import { en } from '../../src/components/i18n/en.ts';

const kinds = [lotsKind, serialsKind, postingsKind] as const;
const element = { localName: 'lot-register' } as unknown as Element;

const resolved = (kind: (typeof kinds)[number]) =>
  resolveExtensions(element, kind.kind, [
    [{ id: 'built-in', on: kind.kind, fields: kind.fields, actions: kind.actions }],
  ]);

describe('the built-in registers', () => {
  it.each(kinds)('are whole as an extension, and nothing in it is warned of', (kind) => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const { fields, actions } = resolved(kind);
    expect(fields.map(({ key }) => key)).toEqual(kind.fields.map(({ key }) => key));
    expect(actions.map(({ id }) => id)).toEqual(kind.actions.map(({ id }) => id));
    expect(new Set(fields.map(({ key }) => key)).size).toBe(fields.length);
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });

  it.each(kinds)('name every field and action by a text of the catalogue', (kind) => {
    const labels = [...kind.fields, ...kind.actions].map(({ label }) => String(label));
    expect(labels.filter((label) => !(label in en))).toEqual([]);
  });

  it('show of a lot what a clerk looks at first, and keep the rest at hand', () => {
    const shown = lotsKind.fields.filter(({ hidden }) => !hidden).map(({ key }) => key);
    expect(shown).toEqual([
      'code',
      'item',
      'status',
      'expiryDate',
      'onHand',
      'reserved',
      'available',
      'unit',
      'place',
      'supplierLot',
      'supplier',
    ]);
    const hidden = lotsKind.fields.filter((field) => field.hidden).map(({ key }) => key);
    expect(hidden).toEqual(
      expect.arrayContaining(['variant', 'reference', 'startDate', 'bestBefore', 'grade', 'createdAt']),
    );
  });

  it('give way to a host that brings a field of the same key, or another order', () => {
    const own = { id: 'mine', on: 'lot', fields: [{ key: 'place', label: 'Shelf', type: 'text' }] };
    const { fields } = resolveExtensions(
      element,
      'lot',
      [[{ id: 'built-in', on: 'lot', fields: lotsKind.fields }], [own]],
      ['place', 'code'],
    );
    expect(fields.map(({ key, label }) => [key, label])).toEqual([
      ['place', 'Shelf'],
      ['code', 'word.lot'],
    ]);
  });
});
