/** A choice among a few for a host's form, from `choices` or from the `option` children of its page. */
import type { PropertyDeclarations, TemplateResult } from 'lit';
import { type Choice, selectField } from '../../primitives/index.ts';
import type { ControlProblem } from './control.ts';
import { UiValueControl } from './value-control.ts';

/**
 * `<lot-ui-select name="grade" label="Grade"><option value="A">First grade</option></lot-ui-select>`
 *
 * @slot - `option` elements: value, text, `disabled`
 * @fires input - when another one was chosen
 * @fires change - the same
 */
export class UiSelect extends UiValueControl {
  static override properties: PropertyDeclarations = {
    placeholder: { type: String },
    choices: { attribute: false },
  };

  /** What the empty choice says. */
  declare placeholder: string;
  /** The choices; else the `option` children. */
  declare choices: readonly Choice[] | undefined;

  #watch: MutationObserver | undefined;

  constructor() {
    super();
    this.placeholder = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#watch = new MutationObserver(() => this.requestUpdate());
    this.#watch.observe(this, { childList: true, subtree: true, characterData: true, attributes: true });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watch?.disconnect();
  }

  get #given(): readonly Choice[] {
    if (Array.isArray(this.choices))
      return this.choices.filter((choice) => choice !== null && typeof choice === 'object');
    return [...this.querySelectorAll('option')].map(({ value, label, disabled }) => ({
      value,
      label,
      disabled,
    }));
  }

  /** An empty choice is always there, and a value that is among none of them is shown as it is. */
  get #shown(): readonly Choice[] {
    const given = this.#given;
    const has = (value: string) => given.some((choice) => choice.value === value);
    const empty = has('') ? [] : [{ value: '', label: this.placeholder || this.t('field.choose') }];
    const other = has(this.model) || this.model === '' ? [] : [{ value: this.model, label: this.model }];
    return [...empty, ...given, ...other];
  }

  protected override problem(): ControlProblem | undefined {
    if (this.model !== '' || !this.required) return undefined;
    return { flag: 'valueMissing', text: this.t('field.pickOne') };
  }

  protected override control(): TemplateResult {
    return selectField({
      ...this.fieldOptions,
      value: this.model,
      choices: this.#shown,
      change: (value) => {
        this.take(value);
        this.tell('input');
        this.tell('change');
      },
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lot-ui-select': UiSelect;
  }
}
