/** The states of `posting-form`. */
import type { ElementStates, Stage, StateSpec } from './types.ts';

const load = { warehouse: 'MAIN', template: 'LOA' };
const unload = { warehouse: 'MAIN', template: 'UNL' };

/** Adds a line by its item. */
const line =
  (item: string, quantity?: string) =>
  async (stage: Stage): Promise<void> => {
    const { form, element } = stage;
    await form.pick('new-item', item, item);
    if (quantity === undefined) return;
    const field = element.shadowRoot?.querySelector<HTMLInputElement>('input[id$="-quantity"]');
    if (!field) throw new Error('The new line has no quantity.');
    field.focus();
    field.value = quantity;
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    field.dispatchEvent(new Event('change', { bubbles: true }));
    await form.settled();
  };

/** What the ledger made of a posting. */
const answered: StateSpec[] = [
  {
    name: 'invalid',
    about: 'A line is not complete; nothing is posted until it is.',
    data: 'house',
    attributes: unload,
    act: async (stage) => {
      await line('MILK')(stage);
      await stage.form.press('post');
    },
    has: '[aria-invalid="true"], .banner',
  },
  {
    name: 'busy',
    about: 'It is being posted.',
    data: 'house',
    attributes: unload,
    act: async (stage) => {
      await line('MILK', '10')(stage);
      stage.remote.latency = ({ kind }) => (kind === 'execute' ? 600_000 : 0);
      stage.element.shadowRoot?.querySelector<HTMLElement>('[data-action="post"]')?.click();
      await stage.element.updateComplete;
    },
    has: '[aria-busy="true"]',
  },
  {
    name: 'saved',
    about: 'It is posted under a number, and the form is empty again.',
    data: 'house',
    attributes: unload,
    act: async (stage) => {
      await line('MILK', '10')(stage);
      await stage.form.press('post');
    },
    has: '.banner.ok',
  },
  {
    name: 'unknown',
    about: 'The answer was lost; trying again posts once.',
    data: 'house',
    attributes: unload,
    act: async (stage) => {
      await line('MILK', '10')(stage);
      stage.remote.fail = (call) => (call.kind === 'execute' ? 'after' : undefined);
      await stage.form.press('post');
    },
    has: '.banner.danger',
  },
];

/** The form of a posting in every state. */
export const postingForm: ElementStates = {
  tag: 'posting-form',
  main: 'allocated',
  trees: ['allocated'],
  states: [
    {
      name: 'loading',
      about: 'The ledger answers slowly.',
      data: 'house',
      attributes: unload,
      remote: { latency: 600_000 },
      unsettled: true,
    },
    { name: 'empty', about: 'Nothing is chosen yet.', data: 'house', has: 'select, input' },
    {
      name: 'template-chosen',
      about: 'A template is chosen, there are no lines.',
      data: 'house',
      attributes: load,
    },
    {
      name: 'allocated',
      about: 'An unload: the item’s withdrawal chose the lots, and says why.',
      data: 'house',
      attributes: unload,
      act: line('MILK', '5000'),
    },
    {
      name: 'load-lots',
      about: 'A load of lots, with the code that comes next.',
      data: 'house',
      attributes: load,
      act: line('MILK', '120'),
    },
    {
      name: 'load-serials',
      about: 'A load of single pieces.',
      data: 'house',
      attributes: load,
      act: line('PUMP-7', '3'),
    },
    ...answered,
    {
      name: 'narrow',
      about: 'On a phone.',
      data: 'house',
      attributes: unload,
      width: 380,
      act: line('MILK', '10'),
    },
  ],
};
