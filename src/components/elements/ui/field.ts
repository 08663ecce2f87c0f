/**
 * A field for a host's form: a text, a quantity, a number or a date, read in the reader's language and sent
 * without one. What cannot be read stays as typed and makes the field invalid.
 */
import { nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { type FieldKind, readField, shownText, todayIn } from '../../controllers/field-value.ts';
import { calendarButton, textField } from '../../primitives/index.ts';
import type { ControlProblem } from './control.ts';
import { UiValueControl } from './value-control.ts';

const kinds: ReadonlySet<string> = new Set(['text', 'quantity', 'number', 'date']);

/**
 * `<lot-ui-field name="quantity" type="quantity" decimals="3" unit="KG" label="Quantity" required></lot-ui-field>`
 *
 * Its value is `1234.5` where an Italian typed `1.234,5`, and `2026-12-06` where 06/12/26 was typed.
 *
 * @fires input - with every change of the text
 * @fires change - when what was typed is done with
 */
export class UiField extends UiValueControl {
  static override properties: PropertyDeclarations = {
    type: { type: String },
    placeholder: { type: String },
    maxLength: { type: Number, attribute: 'maxlength' },
    decimals: { type: Number },
    unit: { type: String },
    today: { type: String },
  };

  /** `text`, `quantity`, `number` or `date`. */
  declare type: FieldKind;
  declare placeholder: string;
  /** The longest text, in characters. */
  declare maxLength: number | undefined;
  /** The most decimals of a quantity or a number. */
  declare decimals: number | undefined;
  /** Code of the unit, for the sentence on its decimals. */
  declare unit: string;
  /** Today, `YYYY-MM-DD`, for dates typed without a year; in the ledger's zone unless said. */
  declare today: string;

  #text: string | undefined;
  #wrong: ControlProblem | undefined;
  #pending = false;

  constructor() {
    super();
    this.type = 'text';
    this.placeholder = '';
    this.unit = '';
    this.today = '';
  }

  get #kind(): FieldKind {
    return kinds.has(this.type) ? this.type : 'text';
  }

  get #day(): string {
    return this.today || todayIn(this.format.timeZone);
  }

  protected override get typed(): string | undefined {
    return this.#wrong === undefined ? undefined : this.#text;
  }

  protected override forget(): void {
    this.#text = undefined;
    this.#wrong = undefined;
  }

  protected override restoreTyped(text: string): void {
    this.#read(text);
  }

  #read(text: string): void {
    const { format, decimals, unit } = this;
    const { value, problem } = readField(this.#kind, text, { format, today: this.#day, decimals, unit });
    this.#text = text;
    this.#wrong = problem;
    this.take(value);
  }

  protected override maySubmit(): boolean {
    this.#done();
    return true;
  }

  protected override problem(): ControlProblem | undefined {
    if (this.#wrong !== undefined) return this.#wrong;
    const { maxLength, model } = this;
    if (model === '' && this.required) return { flag: 'valueMissing', text: this.t('field.fillIn') };
    if (maxLength !== undefined && model.length > maxLength)
      return { flag: 'tooLong', text: this.t('field.tooLong', { n: maxLength }) };
    return undefined;
  }

  /** What was typed is done with: the field was left, or Enter was pressed. */
  #done(): void {
    if (!this.#pending) return;
    this.#pending = false;
    // A date is then shown in full; a number stays as it was typed.
    if (this.#wrong === undefined && this.#kind === 'date') this.#text = undefined;
    this.tell('change');
    this.requestUpdate();
  }

  /** Selects the text. */
  select(): void {
    this.renderRoot?.querySelector<HTMLInputElement>('#control')?.select();
  }

  protected override control(): TemplateResult {
    const kind = this.#kind;
    const pick = (value: string): void => {
      this.forget();
      this.take(value);
      this.#pending = true;
      this.tell('input');
      this.#done();
    };
    const open = kind === 'date' && !this.off && !this.readonly;
    return textField({
      ...this.fieldOptions,
      value: this.#text ?? shownText(kind, this.model, this.format),
      look: kind === 'quantity' || kind === 'number' ? 'num' : '',
      inputMode: kind === 'quantity' || kind === 'number' ? 'decimal' : 'text',
      ...(this.placeholder ? { placeholder: this.placeholder } : {}),
      ...(this.maxLength === undefined || kind !== 'text' ? {} : { maxLength: this.maxLength }),
      end: open ? calendarButton(this.model, pick, this.format) : nothing,
      input: (text) => {
        this.#read(text);
        this.#pending = true;
        this.tell('input');
      },
      change: () => this.#done(),
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lot-ui-field': UiField;
  }
}
