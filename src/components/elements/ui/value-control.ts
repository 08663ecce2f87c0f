/** The base of our fields whose value is a text: typed, or chosen by its code. */
import type { PropertyDeclarations } from 'lit';
import { UiControl } from './control.ts';

/** What every field with a text for a value has; hosts use it as a type. */
export abstract class UiValueControl extends UiControl {
  static override properties: PropertyDeclarations = {
    value: { attribute: false, noAccessor: true },
    defaultValue: { type: String, attribute: 'value', noAccessor: true },
  };

  /**
   * The value, free of any language: a text, a decimal string, an ISO date, the code of a choice; `''` for none,
   * and for what cannot be read.
   */
  get value(): string {
    return this.model;
  }
  set value(value: string) {
    this.model = String(value ?? '');
  }

  get defaultValue(): string {
    return this.initial;
  }
  set defaultValue(value: string) {
    this.initial = String(value ?? '');
  }
}
