/**
 * A choice among many for a host's form: the host's function finds what matches, or a list that it gives is
 * searched. What matches nothing stays as typed and makes the field invalid, unless free texts are welcome.
 */
import type { PropertyDeclarations, TemplateResult } from 'lit';
import { Combobox, type Option } from '../../primitives/index.ts';
import type { ControlProblem } from './control.ts';
import { UiValueControl } from './value-control.ts';

/** The choices whose label or second words hold a text. */
function matching(all: readonly Option[], search: string): readonly Option[] {
  const wanted = search.trim().toLowerCase();
  return all.filter(({ label, sub = '' }) => `${label} ${sub}`.toLowerCase().includes(wanted));
}

/**
 * `<lot-ui-combobox name="item" label="Item" value="MILK" value-label="Whole milk 1 L"></lot-ui-combobox>`
 *
 * @example
 * box.load = async (search, { signal }) => (await fetch(`/items?q=${search}`, { signal })).json();
 *
 * @fires input - with every change of the text
 * @fires change - when one was chosen, or the field was left
 */
export class UiCombobox extends UiValueControl {
  static override properties: PropertyDeclarations = {
    valueLabel: { type: String, attribute: 'value-label' },
    placeholder: { type: String },
    free: { type: Boolean },
    choices: { attribute: false },
    load: { attribute: false },
  };

  /** What the field shows for its value, where the host knows; the value itself unless said. */
  declare valueLabel: string;
  declare placeholder: string;
  /** A text that matches nothing is a value too. */
  declare free: boolean;
  /** The choices, where they are few enough to be given at once. */
  declare choices: readonly Option[] | undefined;
  /** Finds what matches a text, the best first; the signal says that nobody waits any more. */
  declare load:
    | ((search: string, options: { readonly signal: AbortSignal }) => Promise<readonly Option[]>)
    | undefined;

  #label: { readonly value: string; readonly label: string } | undefined;
  #unknown: string | undefined;
  readonly #box = new Combobox(this, {
    load: async (search, signal) =>
      this.load === undefined ? matching(this.choices ?? [], search) : this.load(search, { signal }),
    pick: (option) => this.#pick(option),
    typed: (text) => this.#accept(text),
  });

  constructor() {
    super();
    this.valueLabel = '';
    this.placeholder = '';
    this.free = false;
  }

  #pick(option: Option | null): void {
    this.#unknown = undefined;
    this.#label = option === null ? undefined : { value: option.value, label: option.label };
    const before = this.model;
    this.take(option?.value ?? '');
    if (before === this.model) return;
    this.tell('input');
    this.tell('change');
  }

  #accept(text: string): void {
    this.#unknown = this.free ? undefined : text;
    this.#label = undefined;
    this.take(this.free ? text : '');
    this.tell('change');
  }

  protected override get typed(): string | undefined {
    return this.#unknown;
  }

  protected override forget(): void {
    this.#unknown = undefined;
  }

  protected override restoreTyped(text: string): void {
    this.#unknown = text;
    this.take('');
  }

  protected override problem(): ControlProblem | undefined {
    if (this.#unknown !== undefined) return { flag: 'badInput', text: this.t('field.pickOne') };
    if (this.model !== '' || !this.required) return undefined;
    return { flag: 'valueMissing', text: this.t('field.pickOne') };
  }

  protected override maySubmit(): boolean {
    if (this.#box.open) this.#box.commit();
    return true;
  }

  get #text(): string {
    const { model } = this;
    if (this.#unknown !== undefined) return this.#unknown;
    if (this.#label?.value === model) return this.#label.label;
    if (model === this.initial && this.valueLabel) return this.valueLabel;
    return this.choices?.find(({ value }) => value === model)?.label ?? model;
  }

  protected override control(): TemplateResult {
    this.mark('busy', this.#box.loading);
    const { placeholder } = this;
    const options = { ...this.fieldOptions, value: this.#text, input: () => this.tell('input') };
    return this.#box.template(placeholder ? { ...options, placeholder } : options, this.format);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lot-ui-combobox': UiCombobox;
  }
}
