/** The states that all three registers have in common, over data of their own. */
import type { StateSpec } from './types.ts';

/** What differs between the registers. */
export interface RegisterWords {
  /** A text that many rows have. */
  readonly text: string;
  /** A column, and what its cells begin with. */
  readonly column: string;
  readonly typed: string;
  /** A field to group by. */
  readonly group: string;
  /** Rows show details. */
  readonly expands: boolean;
  /** The only row of `one`. */
  readonly one: string;
  /** The list has rows that are no longer open, behind a chip. */
  readonly all: string;
}

/** States in which the rows themselves are not the matter. */
function standing({ one, text }: RegisterWords): StateSpec[] {
  return [
    {
      name: 'loading',
      about: 'The first answer is on its way: rows are promised, nothing jumps when they come.',
      remote: { latency: 600_000 },
      unsettled: true,
      has: '.sk',
    },
    { name: 'empty', about: 'There is nothing yet.', data: 'none', has: '[part~="empty"]' },
    {
      name: 'empty-filtered',
      about: 'There is something, but nothing like this.',
      properties: { state: { search: 'nothing is called this' } },
      has: '[part~="empty"]',
    },
    {
      name: 'error',
      about: 'The list could not be read.',
      remote: { fail: { code: 'store.busy' } },
      has: '[part~="error"]',
    },
    {
      name: 'forbidden',
      about: 'This user may not read the list.',
      remote: { forbid: ['lots.list', 'serials.list', 'postings.list'] },
      has: '.state',
    },
    {
      name: 'offline',
      about: 'The line is down: what was read stays, and says how old it is.',
      act: async ({ element, remote }) => {
        remote.offline = true;
        await element.refresh();
      },
      has: '[part~="notice"]',
    },
    { name: 'one-row', about: 'A single record.', data: 'one', shows: one },
    { name: 'fifty-rows', about: 'Fifty rows on one page.', attributes: { rows: '50' }, shows: text },
    {
      name: 'readonly',
      about: 'Nothing that writes is offered.',
      attributes: { readonly: '', rows: '8' },
      shows: text,
    },
    {
      name: 'narrow',
      about: 'On a phone rows are cards.',
      attributes: { rows: '8' },
      width: 380,
      shows: text,
    },
  ];
}

/** What somebody does with the rows. */
function working({ column, text, typed, group, expands, all }: RegisterWords): StateSpec[] {
  const few = { rows: '8' };
  return [
    {
      name: 'selected',
      about: 'Some rows are ticked, and what can be done with them stands above.',
      attributes: few,
      act: async ({ register }) => {
        for (const row of (await register.ids()).slice(1, 4)) await register.select(row);
      },
      has: '[data-row-id][aria-selected="true"]',
    },
    {
      name: 'filtered',
      about: 'A filter is set in the row below the header.',
      attributes: few,
      act: ({ register }) => register.filter(column, `${typed}%`),
      shows: text,
    },
    {
      name: 'grouped',
      about: 'Rows are grouped, with numbers and sums.',
      properties: { state: { group: [group] } },
      attributes: few,
      has: '[data-action="group"]',
    },
    {
      name: 'chosen-chip',
      about: 'Another of the ready-made filters.',
      attributes: few,
      act: ({ register }) => register.chip(all),
      has: `[data-action="filter-${all}"][aria-pressed="true"]`,
    },
    {
      name: 'row-menu',
      about: 'What can be done with one row.',
      attributes: few,
      act: async ({ register }) => {
        const [row = ''] = await register.ids();
        register.element.shadowRoot
          ?.querySelector<HTMLElement>(`[data-row-id="${row}"] [data-action="row-menu"]`)
          ?.click();
        await register.settled();
      },
      has: '[role="menu"] [role="menuitem"]',
    },
    ...opened(column),
    ...(expands ? [expanded(few)] : []),
  ];
}

/** What opens over the rows. */
const opened = (column: string): StateSpec[] => {
  const attributes = { rows: '8' };
  return [
    {
      name: 'columns-open',
      about: 'Columns are chosen, moved and pinned in a list.',
      attributes,
      act: ({ register }) => register.press('columns'),
      has: '[data-action="show-column"], [data-column-choice]',
    },
    {
      name: 'column-menu',
      about: 'What can be done with a column.',
      attributes,
      act: ({ register }) => register.press('column-menu'),
      has: '[role="menu"]',
    },
    {
      name: 'values-open',
      about: 'The values of a field with their counts, to be ticked.',
      attributes,
      act: ({ register }) => register.press('filter-values'),
      has: '[data-action="values-apply"], .days',
    },
    {
      name: 'filter-unread',
      about: 'A filter could not be read: it stays, and says so.',
      attributes,
      act: async ({ register, element }) => {
        const date = [
          ...(element.shadowRoot?.querySelectorAll<HTMLElement>('input[data-filter]') ?? []),
        ].find(({ dataset }) => /date/i.test(dataset.filter ?? ''));
        const { column: of = column } = date?.closest<HTMLElement>('[data-column]')?.dataset ?? {};
        await register.filter(of, '31/31/2026');
      },
      has: 'input[data-filter][aria-invalid="true"]',
    },
    {
      name: 'help',
      about: 'The keys, listed.',
      attributes,
      act: async ({ register }) => {
        await register.press('more');
        await register.press('keys');
      },
      has: 'dialog[open]',
    },
    {
      name: 'window',
      about: 'One long list in place of pages.',
      attributes: { scroll: 'window' },
      has: '[data-row-id]',
    },
  ];
};

const expanded = (attributes: Readonly<Record<string, string>>): StateSpec => ({
  name: 'expanded',
  about: 'The details of a row stand below it.',
  attributes,
  act: async ({ register }) => {
    const [, row = ''] = await register.ids();
    await register.expand(row);
  },
  has: '[data-details-of]',
});

/** All states of a register. */
export const registerStates = (words: RegisterWords): StateSpec[] => [...standing(words), ...working(words)];
