/**
 * A date field: the text is read in the reader's own order, the native calendar is one button away. What
 * cannot be read stays as typed, with a sentence.
 */
import { html, type TemplateResult } from 'lit';
import type { Format } from '../i18n/format.ts';
import { parseDate } from '../i18n/parse.ts';
import { icon } from '../icons.ts';
import { type FieldOptions, textField } from './fields.ts';

export interface DateState {
  /** `YYYY-MM-DD`, or '' for none. */
  readonly value: string;
  /** What was typed, while it cannot be read. */
  readonly text?: string | undefined;
}

export interface DateOptions extends Omit<FieldOptions, 'input' | 'change' | 'value'> {
  readonly state: DateState;
  readonly today: string;
  readonly set: (state: DateState) => void;
}

/** The sentence for a text that is no date; undefined when it is one, or empty. */
export function dateProblem(text: string | undefined, today: string, format: Format): string | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  const parsed = parseDate(text, format.locale, today);
  if (parsed.ok) return undefined;
  return format.text(parsed.problem === 'noSuchDay' ? 'field.noSuchDay' : 'field.notDate');
}

/** The button that opens the native calendar, for the end of a field's box. */
export function calendarButton(value: string, set: (value: string) => void, format: Format): TemplateResult {
  const open = (event: Event): void => {
    const native = (event.currentTarget as Element).parentElement?.querySelector<HTMLInputElement>('.native');
    if (typeof native?.showPicker === 'function') native.showPicker();
  };
  return html`<input
    class="sr native"
    type="date"
    tabindex="-1"
    aria-hidden="true"
    .value=${value}
    @change=${(event: Event) => set((event.target as HTMLInputElement).value)}
  /><button class="btn quiet icon" type="button" aria-label=${format.text('field.pickDate')}
    title=${format.text('field.pickDate')} @click=${open}>${icon('cal')}</button>`;
}

/** A labelled date. */
export function dateField(o: DateOptions, format: Format): TemplateResult {
  const shown = o.state.text ?? (o.state.value === '' ? '' : format.date(o.state.value));
  const read = (text: string): void => {
    const parsed = parseDate(text, format.locale, o.today);
    if (parsed.ok) o.set({ value: parsed.value });
    else o.set(parsed.problem === 'empty' ? { value: '' } : { value: '', text });
  };
  const { state, today, set, ...rest } = o;
  const error = o.error ?? dateProblem(state.text, today, format);
  const fixed = o.readonly || o.disabled;
  return textField({
    ...rest,
    error,
    value: shown,
    change: read,
    ...(fixed ? {} : { end: calendarButton(state.value, (value) => set({ value }), format) }),
  });
}
