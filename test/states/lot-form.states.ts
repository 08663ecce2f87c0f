/** The states of `lot-form`. */
import type { ElementStates, StateSpec } from './types.ts';

const milk = { item: 'MILK' };

/** What the ledger made of a form. */
const answered: StateSpec[] = [
  {
    name: 'invalid',
    about: 'What is missing or wrong stands in place and is listed on top, with links.',
    data: 'house',
    attributes: milk,
    act: async ({ form }) => {
      await form.fill('expiryDate', '31/11/2026');
      await form.press('create');
    },
    has: '[aria-invalid="true"]',
  },
  {
    name: 'refused',
    about: 'The ledger refused it: the sentence stands at its field.',
    data: 'house',
    attributes: milk,
    act: async ({ form }) => {
      await form.fill('code', 'M-2611-A');
      await form.press('create');
    },
    shows: 'M-2611-A already',
  },
  {
    name: 'busy',
    about: 'It is being written; a second press does nothing.',
    data: 'house',
    attributes: milk,
    act: async ({ remote, element }) => {
      remote.held = true;
      element.shadowRoot?.querySelector<HTMLElement>('[data-action="create"]')?.click();
      await element.updateComplete;
    },
    has: '[aria-busy="true"]',
  },
  {
    name: 'unknown',
    about: 'The answer was lost; trying again is safe.',
    data: 'house',
    attributes: milk,
    act: async ({ form, remote }) => {
      await form.fill('code', 'M-NEW');
      remote.fail = (call) => (call.kind === 'execute' ? 'after' : undefined);
      await form.press('create');
    },
    has: '.banner.danger',
  },
  {
    name: 'saved',
    about: 'It is created, and the form is ready for the next one.',
    data: 'house',
    attributes: milk,
    act: async ({ form }) => {
      await form.fill('code', 'M-NEW');
      await form.press('create');
    },
    has: '.banner.ok',
  },
];

/** The form of a lot in every state. */
export const lotForm: ElementStates = {
  tag: 'lot-form',
  main: 'item-chosen',
  trees: ['item-chosen', 'invalid'],
  states: [
    {
      name: 'loading',
      about: 'The ledger answers slowly.',
      data: 'house',
      remote: { latency: 600_000 },
      unsettled: true,
    },
    { name: 'empty', about: 'Nothing is filled in.', data: 'house', has: '[data-field="item"]' },
    {
      name: 'item-chosen',
      about: 'With an item: the next code and the dates that follow are shown.',
      data: 'house',
      attributes: milk,
      has: '[data-field="expiryDate"]',
    },
    {
      name: 'candidates',
      about: 'A list of items to choose from is open.',
      data: 'house',
      act: async ({ element, form }) => {
        const field = element.shadowRoot?.querySelector<HTMLInputElement>('#f-item');
        field?.focus();
        if (field) field.value = 'mil';
        field?.dispatchEvent(new InputEvent('input', { bubbles: true }));
        await form.settled();
      },
      has: '[role="option"]',
    },
    {
      name: 'dirty',
      about: 'Something is typed that would be lost.',
      data: 'house',
      attributes: milk,
      act: ({ form }) => form.fill('notes', 'two pallets'),
    },
    ...answered,
    {
      name: 'forbidden',
      about: 'This user may not create lots.',
      data: 'house',
      attributes: milk,
      act: async ({ form, remote }) => {
        remote.forbid = ['lots.create'];
        await form.fill('code', 'M-NEW');
        await form.press('create');
      },
      has: '.banner.danger',
    },
    {
      name: 'readonly',
      about: 'Nothing can be written.',
      data: 'house',
      attributes: { ...milk, readonly: '' },
    },
    {
      name: 'narrow',
      about: 'On a phone fields stand one below the other.',
      data: 'house',
      attributes: milk,
      width: 380,
    },
  ],
};
