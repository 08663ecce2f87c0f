/** What a host adds to the header of a posting, and asks of it, without a page. */
import { describe, expect, it } from 'vitest';
import { emptyHeader, type HeaderDraft } from '../../src/components/controllers/posting-form-draft.ts';
import {
  HeaderExtras,
  headerKeys,
  type PostingFieldShape,
} from '../../src/components/controllers/posting-form-extra.ts';
import { postingRecord } from '../../src/components/elements/posting-form-fields.ts';
import { Format } from '../../src/components/i18n/format.ts';
import { loadCatalogue } from '../../src/components/i18n/load.ts';
import type { Posting } from '../../src/core/index.ts';

const TODAY = '2026-11-22';
const format = new Format('en', await loadCatalogue('en'));
const shape = (key: string, more: Partial<PostingFieldShape> = {}): PostingFieldShape => ({
  key,
  label: key,
  type: 'text',
  owner: 'host',
  ...more,
});

function extras(fields: readonly PostingFieldShape[], header: Partial<HeaderDraft> = {}): HeaderExtras {
  return new HeaderExtras({
    fields: () => fields,
    format: () => format,
    header: () => ({ ...emptyHeader(TODAY), ...header }),
    today: () => TODAY,
    record: () => ({ warehouse: 'MAIN' }) as Partial<Posting>,
  });
}

describe('the header of a posting', () => {
  it('is made of the shapes that a host’s own fields are made of', () => {
    const { fields = [] } = postingRecord({ partyKind: 'supplier', side: undefined });
    expect(fields.map(({ key }) => key)).toEqual(headerKeys);
    const posting = {
      party: { kind: 'supplier', code: 'S-1', name: 'Dairy Ltd' },
      document: { type: 'purchaseOrder', number: 'PO-7', date: TODAY },
    } as unknown as Posting;
    const read = (key: string) => fields.find((field) => field.key === key)?.value?.(posting, undefined);
    expect(
      ['partyKind', 'party', 'partyName', 'documentType', 'documentNumber', 'documentDate'].map(read),
    ).toEqual(['supplier', 'S-1', 'Dairy Ltd', 'purchaseOrder', 'PO-7', TODAY]);
  });

  it('takes what a host has added, in wire form, and only what was typed', () => {
    const all = [
      shape('pallets', { type: 'number' }),
      shape('insured', { type: 'flag' }),
      shape('until', { type: 'date' }),
      shape('carrier'),
      shape('weight', { readonly: true }),
      shape('status'),
    ];
    const own = extras(all);
    expect(own.sent()).toBeUndefined();
    expect(own.dirty).toBe(false);
    for (const [key, text] of Object.entries({
      pallets: '1,250',
      insured: 'true',
      until: '24/11/2026',
      weight: '1',
      status: 'x',
      nobody: 'x',
    }))
      own.set(key, text);
    expect(own.sent()).toEqual({ pallets: 1250, insured: true, until: '2026-11-24' });
    expect(own.dirty).toBe(true);
    own.clear();
    expect(own.dirty).toBe(false);
  });

  it('says what is missing and what is wrong, of its own fields and of those built in', () => {
    const seen: unknown[] = [];
    const all = [
      shape('note', { required: true }),
      shape('partyName', {
        check: (value, record) => {
          seen.push([value, record]);
          return 'Not them.';
        },
      }),
      shape('documentDate', { type: 'date' }),
      shape('carrier', { required: true, check: () => 'never asked of nothing' }),
      shape('pallets', { type: 'number' }),
    ];
    const own = extras(all, { partyName: 'Coop', documentDate: { value: '', text: 'soon' } });
    own.set('pallets', 'many');
    expect(own.missing()).toEqual(['note', 'carrier']);
    expect([...own.problems()]).toEqual([
      ['partyName', 'Not them.'],
      ['documentDate', format.text('field.notDate')],
      ['pallets', format.text('field.notNumber')],
    ]);
    expect(seen).toEqual([['Coop', { warehouse: 'MAIN' }]]);
  });
});
