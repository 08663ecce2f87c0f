/** The states of `lot-view`. */
import type { ElementStates, StateSpec } from './types.ts';

const lot = { item: 'MILK', code: 'M-2611-A' };

const tab = (name: string, about: string): StateSpec => ({
  name: `tab-${name}`,
  about,
  data: 'house',
  attributes: { ...lot, tab: name },
});

/** What happens on the tab where a lot is edited. */
const editing: StateSpec[] = [
  {
    name: 'dirty',
    about: 'Something is typed and not saved.',
    data: 'house',
    attributes: { ...lot, tab: 'edit' },
    act: ({ form }) => form.fill('notes', 'mine'),
    has: '[data-action="discard"]',
  },
  {
    name: 'invalid',
    about: 'A reason is required.',
    data: 'house',
    attributes: { ...lot, tab: 'edit' },
    act: async ({ form }) => {
      await form.fill('expiryDate', '12/12/2026');
      await form.press('save');
    },
    has: '[aria-invalid="true"]',
  },
  {
    name: 'conflict',
    about: 'Somebody else saved meanwhile: what is typed stays, the difference is shown.',
    data: 'house',
    attributes: { ...lot, tab: 'edit' },
    act: async ({ form, server }) => {
      await form.fill('notes', 'mine');
      const { id } = await server.lots.get(lot);
      await server.lots.update(id, { notes: 'theirs' }, { actor: 'a.conti', source: 'api' });
      await form.press('save');
    },
    has: '.banner.warn',
  },
  {
    name: 'saved',
    about: 'It is saved, and says so.',
    data: 'house',
    attributes: { ...lot, tab: 'edit' },
    act: async ({ form }) => {
      await form.fill('notes', 'mine');
      await form.press('save');
    },
    shows: 'Saved',
  },
];

/** The view of a lot in every state. */
export const lotView: ElementStates = {
  tag: 'lot-view',
  main: 'tab-view',
  trees: ['tab-view', 'dialog'],
  states: [
    {
      name: 'loading',
      about: 'The lot is on its way.',
      data: 'house',
      attributes: lot,
      remote: { latency: 600_000 },
      unsettled: true,
    },
    tab('view', 'Everything about the lot at a glance.'),
    tab('edit', 'Its fields, to be edited.'),
    tab('locations', 'Where it is, and how it moved.'),
    tab('history', 'Who changed what, and why.'),
    ...editing,
    {
      name: 'dialog',
      about: 'An act asks for a reason first.',
      data: 'house',
      attributes: lot,
      act: ({ form }) => form.press('close'),
      has: 'dialog[open]',
    },
    {
      name: 'missing',
      about: 'There is no such lot.',
      data: 'house',
      attributes: { item: 'MILK', code: 'NOPE' },
      has: '.state',
    },
    {
      name: 'error',
      about: 'It could not be read.',
      data: 'house',
      attributes: lot,
      remote: { fail: { code: 'store.busy' } },
      has: '.state',
    },
    {
      name: 'forbidden',
      about: 'This user may not see it.',
      data: 'house',
      attributes: lot,
      remote: { forbid: ['lots.*'] },
      has: '.state',
    },
    {
      name: 'readonly',
      about: 'Nothing can be changed.',
      data: 'house',
      attributes: { ...lot, readonly: '' },
    },
    { name: 'narrow', about: 'On a phone.', data: 'house', attributes: lot, width: 380 },
  ],
};
