/**
 * Template functions for labelled native fields. Label, control and its message stand in one root and are
 * bound by ids, since ids do not cross shadow roots.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { icon } from '../icons.ts';
import { resting } from './resting.ts';

export interface FieldOptions {
  /** Unique in its root; label and messages hang on it. */
  readonly id: string;
  readonly label: string;
  readonly value?: string | undefined;
  readonly required?: boolean;
  readonly readonly?: boolean;
  readonly disabled?: boolean;
  readonly help?: string | undefined;
  /** A sentence; takes the place of the help. */
  readonly error?: string | undefined;
  readonly placeholder?: string;
  /** Extra classes: `w1 w3 w6` for its width in a form, `num`, `code`. */
  readonly look?: string;
  readonly maxLength?: number;
  readonly inputMode?: 'text' | 'decimal' | 'numeric' | 'search';
  readonly rows?: number;
  readonly input?: (value: string, event: Event) => void;
  readonly change?: (value: string, event: Event) => void;
  /** Something at the end of the box, as a button. */
  readonly end?: unknown;
  /** The label names the control and is not shown: a label stands elsewhere. */
  readonly bareLabel?: boolean;
  /** `data-field`, for hosts' tests; the id when absent. */
  readonly field?: string;
}

const valueIn = (event: Event): string =>
  (event.target as HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement).value;

const asterisk = (o: FieldOptions) =>
  o.required ? html` <span class="req" aria-hidden="true">*</span>` : nothing;

/** The error, or in its absence the help. */
function message(o: FieldOptions): TemplateResult | typeof nothing {
  if (o.error) {
    return html`<span class="err" id="${o.id}-note" part="error">${icon('warn')}<span>${o.error}</span></span>`;
  }
  return o.help ? html`<span class="help" id="${o.id}-note">${o.help}</span>` : nothing;
}

/** Label, control and message; `control` is any native control with the id of the field. */
export function field(o: FieldOptions, control: unknown): TemplateResult {
  return html`<div class="field ${o.look ?? ''}" part="field" data-field=${o.field ?? o.id}>
    <label class=${o.bareLabel ? 'sr' : nothing} for=${o.id}>${o.label}${asterisk(o)}</label>
    ${control}${message(o)}
  </div>`;
}

const describedBy = (o: FieldOptions) => (o.error || o.help ? `${o.id}-note` : nothing);

/**
 * A line of text. Numbers and dates in the reader's language are texts too: see `i18n/parse.ts`. The input
 * stays the same node whatever the options become, so that it keeps focus and selection.
 */
export function textField(o: FieldOptions): TemplateResult {
  const shown = o.value ?? '';
  const input = html`<span class="in box ${o.look ?? ''}"><input
    id=${o.id}
    type="text"
    autocomplete="off"
    inputmode=${o.inputMode ?? nothing}
    maxlength=${o.maxLength ?? nothing}
    placeholder=${o.placeholder ?? nothing}
    .value=${o.input === undefined ? resting(shown) : live(shown)}
    ?required=${o.required}
    ?readonly=${o.readonly}
    ?disabled=${o.disabled}
    aria-invalid=${o.error ? 'true' : nothing}
    aria-describedby=${describedBy(o)}
    @input=${(event: Event) => o.input?.(valueIn(event), event)}
    @change=${(event: Event) => o.change?.(valueIn(event), event)}
  />${o.end ?? nothing}</span>`;
  return field(o, input);
}

/** Several lines of text. */
export function areaField(o: FieldOptions): TemplateResult {
  return field(
    o,
    html`<textarea
      id=${o.id}
      class="in"
      rows=${o.rows ?? 3}
      maxlength=${o.maxLength ?? nothing}
      placeholder=${o.placeholder ?? nothing}
      .value=${live(o.value ?? '')}
      ?required=${o.required}
      ?readonly=${o.readonly}
      ?disabled=${o.disabled}
      aria-invalid=${o.error ? 'true' : nothing}
      aria-describedby=${describedBy(o)}
      @input=${(event: Event) => o.input?.(valueIn(event), event)}
      @change=${(event: Event) => o.change?.(valueIn(event), event)}
    ></textarea>`,
  );
}

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly disabled?: boolean;
}

/** A few choices. For items, lots and everything that may run into thousands use a {@link Combobox}. */
export function selectField(o: FieldOptions & { readonly choices: readonly Choice[] }): TemplateResult {
  return field(
    o,
    html`<span class="select"><select
      id=${o.id}
      class="in"
      ?required=${o.required}
      ?disabled=${o.disabled || o.readonly}
      aria-invalid=${o.error ? 'true' : nothing}
      aria-describedby=${describedBy(o)}
      @change=${(event: Event) => {
        o.input?.(valueIn(event), event);
        o.change?.(valueIn(event), event);
      }}
    >${o.choices.map(
      (choice) =>
        html`<option value=${choice.value} ?disabled=${choice.disabled} .selected=${choice.value === (o.value ?? '')}>
          ${choice.label}
        </option>`,
    )}</select>${icon('chev')}</span>`,
  );
}

/** Yes or no, its label behind it. */
export function checkField(
  o: Omit<FieldOptions, 'value' | 'input' | 'change' | 'readonly'> & {
    readonly checked: boolean;
    readonly set?: (checked: boolean, event: Event) => void;
  },
): TemplateResult {
  return html`<div class="field ${o.look ?? ''}" part="field" data-field=${o.field ?? o.id}>
    <span class="tick"><input
      class="check"
      type="checkbox"
      id=${o.id}
      .checked=${live(o.checked)}
      ?required=${o.required}
      ?disabled=${o.disabled}
      aria-invalid=${o.error ? 'true' : nothing}
      aria-describedby=${describedBy(o)}
      @change=${(event: Event) => o.set?.((event.target as HTMLInputElement).checked, event)}
    /><label class=${o.bareLabel ? 'sr' : nothing} for=${o.id}>${o.label}${asterisk(o)}</label></span>
    ${message(o)}
  </div>`;
}
