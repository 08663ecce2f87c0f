/** The states of the controls a host puts into its own forms: `lot-ui-*`. */
import type { ElementStates, StateSpec } from './types.ts';

const choices = ['MILK', 'RICOTTA', 'CHEESE'].map((code) => ({
  value: code,
  label: code,
  sub: 'of the dairy',
}));

/** States every control has; it has no ledger and so nothing to wait for. */
const standing = (
  filled: Readonly<Record<string, string>>,
  properties: StateSpec['properties'],
): StateSpec[] => {
  const state = (name: string, about: string, attributes: Readonly<Record<string, string>>): StateSpec => ({
    name,
    about,
    data: 'none',
    unsettled: true,
    attributes: { label: 'Item', ...attributes },
    ...(properties === undefined ? {} : { properties }),
    has: 'label',
  });
  return [
    state('empty', 'Nothing is in it.', {}),
    state('filled', 'With a value and a word of help.', { ...filled, help: 'As it stands on the label.' }),
    state('required', 'It must be filled in.', { required: '' }),
    state('invalid', 'The host has something against its value.', {
      ...filled,
      error: 'There is no such item.',
    }),
    state('disabled', 'It cannot be used now.', { ...filled, disabled: '' }),
    state('readonly', 'It can be read only.', { ...filled, readonly: '' }),
  ];
};

const control = (
  tag: string,
  filled: Readonly<Record<string, string>>,
  properties?: StateSpec['properties'],
): ElementStates => ({
  tag,
  main: 'filled',
  trees: ['filled', 'invalid'],
  states: standing(filled, properties),
});

/** The controls in every state. */
export const controls: readonly ElementStates[] = [
  control('lot-ui-field', { type: 'quantity', value: '12.5' }),
  control('lot-ui-select', { value: 'MILK' }, { choices }),
  control('lot-ui-combobox', { value: 'MILK' }, { choices }),
  control('lot-ui-check', { checked: '' }),
];
