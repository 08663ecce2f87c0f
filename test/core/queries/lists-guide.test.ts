/** The guide on lists says what is: its tables are the capabilities, its examples answer their comments. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { dairy } from '../../rules/world.ts';

const guide = readFileSync(new URL('../../../docs/guides/lists.md', import.meta.url), 'utf8');

test('the guide names the sorts and filters of every list, and no others', async () => {
  const { ledger } = await dairy();
  const words = (cell: string | undefined): string[] => (cell ?? '').trim().split(' ').sort();
  const rows = [...guide.matchAll(/^\| `(\w+)` \| ([\w ]+) \| ([\w ]+) \|$/gm)];
  const told = rows.map(([, list, sorts, filters]) => [`${list}.list`, words(sorts), words(filters)]);
  const offered = Object.entries(ledger.capabilities.queries).flatMap(([name, offer]) =>
    offer === true ? [] : [[name, [...offer.sorts].sort(), [...offer.filters].sort()]],
  );
  expect(Object.fromEntries(told.map(([name, ...rest]) => [name, rest]))).toEqual(
    Object.fromEntries(offered.map(([name, ...rest]) => [name, rest])),
  );
});

test('the guide names the groups and sums of every summary', async () => {
  const { ledger } = await dairy();
  const words = (cell: string): string[] => cell.split(' ').filter(Boolean);
  const rows = [...guide.matchAll(/^\| `(\w+)\.summary` \| ([\w ]+) \| ([\w ]*)\|$/gm)];
  const told = rows.map(([, list, groups = '', sums = '']) => [list, words(groups), words(sums)]);
  const offered = Object.entries(ledger.capabilities.queries).flatMap(([name, offer]) =>
    offer === true || !offer.groups ? [] : [[name.split('.')[0], [...offer.groups], [...(offer.sums ?? [])]]],
  );
  expect(told).toEqual(offered);
});

test('the examples of the guide answer what their comments say', async () => {
  const { ledger, post } = await dairy();
  await ledger.items.update('MILK', { description: 'Whole milk 1 L' });
  await ledger.parties.create({ kind: 'supplier', code: 'S1', name: 'Dairy Ltd' });
  const dates = { L10: '2027-01-03', L1: '2027-01-01', L2: '2027-01-02' };
  for (const [code, expiryDate] of Object.entries(dates)) {
    const row = { code, quantity: '1', expiryDate, supplierLot: `D-${code}` };
    await post(
      'LOA',
      { item: 'MILK', quantity: '1', lots: [row] },
      { party: { kind: 'supplier', code: 'S1' } },
    );
  }
  await post('LOA', { item: 'SALT', quantity: '5' });
  let promised = 0;
  const script = [...guide.matchAll(/```js\n([\s\S]*?)```/g)]
    .map(([, block = '']) =>
      block.replace(/^(\S.*); \/\/ (.*)$/gm, (_, expression: string, value: string) => {
        promised++;
        return `expect(${expression}).toEqual(${value});`;
      }),
    )
    .join('\n');
  const run = new Function('ledger', 'expect', `return (async () => {${script}})();`) as (
    ...given: unknown[]
  ) => Promise<void>;
  await run(ledger, expect);
  expect(promised).toBe(26);
});
