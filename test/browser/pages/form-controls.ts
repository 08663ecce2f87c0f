/**
 * One of our fields in a plain form of a host: `?tag=lot-ui-field&type=quantity&lang=it`. Attributes of the
 * address are the field's. What the form sends and every native event are kept for the tests.
 */
import '../../../src/components/define/lot-ui-check.ts';
import '../../../src/components/define/lot-ui-combobox.ts';
import '../../../src/components/define/lot-ui-field.ts';
import '../../../src/components/define/lot-ui-select.ts';
import type { UiCombobox } from '../../../src/components/elements/ui/combobox.ts';
import type { UiControl } from '../../../src/components/elements/ui/control.ts';

type Control = UiControl & { value: string; checked?: boolean };

const ask = new URLSearchParams(location.search);
const root = document.documentElement;
for (const name of ['dir', 'lang', 'data-theme']) {
  if (ask.has(name)) root.setAttribute(name, ask.get(name) ?? '');
}
root.style.colorScheme = ask.get('data-theme') ?? 'light';

const form = document.querySelector('form') as HTMLFormElement;
const fieldset = document.querySelector('fieldset') as HTMLFieldSetElement;
const events: string[] = [];
const sent: [string, string][][] = [];

const entries = (): [string, string][] =>
  [...new FormData(form)].map(([name, value]) => [name, String(value)] as [string, string]);

form.addEventListener('submit', (event) => {
  event.preventDefault();
  sent.push(entries());
});
for (const name of ['input', 'change']) {
  document.addEventListener(name, (event) => {
    const target = event.target as Control;
    events.push(`${name} ${target.localName} ${target.checked ?? target.value}`);
  });
}

let control: Control;
const choices = ['MILK', 'RICOTTA', 'CHEESE'].map((code) => ({
  value: code,
  label: code,
  sub: `${code} of the dairy`,
}));

function make(): Control {
  const made = document.createElement(ask.get('tag') ?? 'lot-ui-field') as Control;
  for (const [name, value] of ask)
    if (!['tag', 'lang', 'dir', 'data-theme'].includes(name)) made.setAttribute(name, value);
  if (!ask.has('name')) made.setAttribute('name', 'it');
  if (made.localName === 'lot-ui-select') {
    for (const { value } of choices) {
      const option = document.createElement('option');
      option.value = value;
      option.textContent = value;
      made.append(option);
    }
  }
  if (made.localName === 'lot-ui-combobox') {
    (made as unknown as UiCombobox).load = async (search) =>
      choices.filter(({ label }) => label.toLowerCase().includes(search.toLowerCase()));
  }
  return made;
}

const started = (async () => {
  control = make();
  fieldset.append(control);
  await control.ready;
})();

const settled = () => control.updateComplete.then(() => true);

Object.assign(window, {
  tests: {
    ready: () => started.then(() => true),
    entries,
    sent: () => sent,
    events: () => events.splice(0),
    state: async () => {
      await control.updateComplete;
      const states = ['invalid', 'user-invalid', 'busy', 'dirty'];
      return {
        value: control.checked ?? control.value,
        valid: control.validity?.valid,
        flags: [
          'valueMissing',
          'badInput',
          'stepMismatch',
          'rangeUnderflow',
          'tooLong',
          'customError',
        ].filter((flag) => control.validity?.[flag as 'badInput']),
        message: control.validationMessage,
        willValidate: control.willValidate,
        states: states.filter((state) => control.matches(`:state(${state})`)),
      };
    },
    set: (name: string, value: unknown) => {
      Object.assign(control, { [name]: value });
      return settled();
    },
    attribute: (name: string, value: string | null) => {
      if (value === null) control.removeAttribute(name);
      else control.setAttribute(name, value);
      return settled();
    },
    /** A value set and sent in one breath, before anything is drawn. */
    setAndRead: (name: string, value: unknown) => {
      Object.assign(control, { [name]: value });
      return entries();
    },
    custom: (sentence: string) => {
      control.setCustomValidity(sentence);
      return settled();
    },
    check: () => control.checkValidity(),
    report: () => control.reportValidity(),
    reportForm: () => form.reportValidity(),
    reset: () => {
      form.reset();
      return settled();
    },
    fieldset: (disabled: boolean) => {
      fieldset.disabled = disabled;
      return settled();
    },
    /** Out of the form, bound to it by its id alone. */
    outside: () => {
      control.setAttribute('form', 'form');
      document.querySelector('#outside')?.append(control);
      return settled();
    },
    noButton: () => document.querySelector('#send')?.remove(),
    blockButton: () => document.querySelector('#send')?.setAttribute('disabled', ''),
    restore: (state: string, mode: 'restore' | 'autocomplete') => {
      control.formStateRestoreCallback(state, mode);
      return settled();
    },
    /** Properties and attributes that were there before the element was known. */
    early: async (tag: string, properties: Record<string, unknown>) => {
      const made = document.createElement(`early-${tag}`) as Control;
      Object.assign(made, properties);
      made.setAttribute('name', 'early');
      form.append(made);
      const known = customElements.get(tag) as CustomElementConstructor;
      customElements.define(`early-${tag}`, class extends known {});
      await made.ready;
      return entries().filter(([name]) => name === 'early');
    },
    outerLabel: (text: string) => {
      const label = document.createElement('label');
      control.id = 'named';
      label.htmlFor = 'named';
      label.textContent = text;
      form.prepend(label);
      control.requestUpdate();
      return settled();
    },
  },
});
