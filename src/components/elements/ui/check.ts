/** A tick for a host's form. Ticked, it sends its value; not ticked, it sends nothing, as a native one does. */
import type { PropertyDeclarations, TemplateResult } from 'lit';
import { checkField } from '../../primitives/index.ts';
import { type ControlProblem, UiControl } from './control.ts';

const TICKED = '1';

/**
 * `<lot-ui-check name="sellable" label="For sale" checked></lot-ui-check>`
 *
 * @fires input - when it was ticked or not
 * @fires change - the same
 */
export class UiCheck extends UiControl {
  static override properties: PropertyDeclarations = {
    checked: { attribute: false, noAccessor: true },
    defaultChecked: { type: Boolean, attribute: 'checked', noAccessor: true },
    value: { type: String },
  };

  /** What it sends when it is ticked. */
  declare value: string;

  constructor() {
    super();
    this.value = 'on';
  }

  /** Whether it is ticked. */
  get checked(): boolean {
    return this.model === TICKED;
  }
  set checked(on: boolean) {
    this.model = on ? TICKED : '';
  }

  get defaultChecked(): boolean {
    return this.initial === TICKED;
  }
  set defaultChecked(on: boolean) {
    this.initial = on ? TICKED : '';
  }

  protected override get entry(): string | null {
    return this.checked ? this.value : null;
  }

  protected override willUpdate(changed: Map<string, unknown>): void {
    super.willUpdate(changed);
    if (changed.has('value')) this.share();
  }

  protected override problem(): ControlProblem | undefined {
    if (this.checked || !this.required) return undefined;
    return { flag: 'valueMissing', text: this.t('field.tickThis') };
  }

  protected override control(): TemplateResult {
    return checkField({
      ...this.fieldOptions,
      disabled: this.off || this.readonly,
      checked: this.checked,
      set: (on) => {
        this.take(on ? TICKED : '');
        this.tell('input');
        this.tell('change');
      },
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lot-ui-check': UiCheck;
  }
}
