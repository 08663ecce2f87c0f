/** Previews under the options of the posting they go before. */
import { expect, test } from 'vitest';
import { caught, dairy, type Post } from '../../rules/world.ts';

test('R37 a forced sale of an expired lot is previewed as it will be posted', async () => {
  const permissions = ['expired.force', 'posting.backdate'];
  const { ledger, post, clock } = await dairy({ permissions });
  await post('LOA', { item: 'MILK', quantity: '5', lots: [{ code: 'L', quantity: '5' }] });
  clock.day('2027-02-01');
  const draft: Post = {
    warehouse: 'SHOP',
    template: 'UNL',
    date: '2027-02-01',
    party: { kind: 'customer', code: 'C1', name: 'Café' },
    lines: [{ item: 'MILK', quantity: '1', lots: [{ code: 'L', quantity: '1' }] }],
  };
  expect(await caught(() => ledger.postings.preview(draft))).toMatchObject({ code: 'lot.expired' });
  const options = {
    force: { reason: 'agreed' },
    reason: 'last one',
    commandId: 'sale-1',
    source: 'ui',
  } as const;
  const seen = await ledger.postings.preview(draft, options);
  const made = await ledger.postings.post(draft, options);
  expect(seen.warnings.map((warning) => warning.code)).toEqual(['lot.expired']);
  expect({ ...seen, id: '', actor: '' }).toMatchObject({
    numberText: made.numberText,
    party: made.party,
    warnings: made.warnings,
  });
});

test('a preview refuses what the envelope of its posting would be refused for', async () => {
  const { ledger } = await dairy();
  const draft: Post = {
    warehouse: 'SHOP',
    template: 'LOA',
    date: '2026-11-22',
    lines: [{ item: 'SALT', quantity: '1' }],
  };
  const asked = (options: object) => caught(() => ledger.postings.preview(draft, options));
  expect(await asked({ force: { reason: 'a\u0000b' } })).toMatchObject({
    code: 'field.characters',
    path: 'force.reason',
  });
  expect(await asked({ reason: 7 })).toMatchObject({ code: 'field.type', path: 'reason' });
  expect(await caught(() => ledger.postings.preview(null as never))).toMatchObject({ code: 'field.type' });
});
