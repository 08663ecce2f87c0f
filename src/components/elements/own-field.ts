/** A field of a host's own as the forms draw it: by its choices, else by its type. */
import type { TemplateResult } from 'lit';
import { shownText } from '../controllers/field-value.ts';
import { kindOf } from '../controllers/lot-form-extra.ts';
import { labelText } from '../extensions/resolve.ts';
import type { FieldExtension } from '../extensions/types.ts';
import type { Format } from '../i18n/format.ts';
import {
  type Choice,
  checkField,
  type DateState,
  dateField,
  type FieldOptions,
  selectField,
  textField,
} from '../primitives/index.ts';

/** What of a field its drawing goes by. */
export type OwnField = Pick<FieldExtension<never>, 'key' | 'label' | 'type' | 'choices' | 'required'>;

export interface OwnFieldOptions {
  readonly format: Format;
  readonly today: string;
  /** Its id. */
  readonly id: string;
  readonly state: DateState;
  readonly set: (text: string) => void;
  readonly error: string | undefined;
  /** Why it cannot be changed, `''` where that is said elsewhere; undefined where it can. */
  readonly lock: string | undefined;
}

/** The choices of a field, an empty one first, and a value that is among none of them. */
export function fieldChoices(
  field: Pick<OwnField, 'choices'>,
  value: string,
  none: string,
  format: Format,
): readonly Choice[] {
  const given = (field.choices ?? []).map((choice) => ({
    value: choice.value,
    label: labelText(choice.label, format),
  }));
  const other =
    value === '' || given.some((choice) => choice.value === value) ? [] : [{ value, label: value }];
  return [
    ...(given.some((choice) => choice.value === '') ? [] : [{ value: '', label: none }]),
    ...given,
    ...other,
  ];
}

/** A field of the host's own. */
export function ownField(field: OwnField, o: OwnFieldOptions): TemplateResult {
  const { format, state, set, lock } = o;
  const numeric = field.type === 'quantity' || field.type === 'number';
  const options: FieldOptions = {
    id: o.id,
    field: field.key,
    label: labelText(field.label, format),
    look: field.type === 'code' ? 'w1 code' : numeric ? 'w1 num' : 'w1',
    required: field.required === true && lock === undefined,
    readonly: lock !== undefined,
    help: lock || undefined,
    error: o.error,
  };
  if (field.choices !== undefined) {
    const none = format.text(field.required ? 'field.choose' : 'word.none');
    const choices = fieldChoices(field, state.value, none, format);
    return selectField({ ...options, value: state.value, choices, input: set });
  }
  if (field.type === 'flag') {
    const { readonly, required, ...rest } = options;
    const checked = state.value === 'true';
    const toggle = (on: boolean): void => set(String(on));
    return checkField({ ...rest, checked, look: 'w1 ticked', disabled: readonly === true, set: toggle });
  }
  if (field.type === 'date') {
    const take = ({ text, value }: DateState): void => set(text ?? value);
    return dateField({ ...options, state, today: o.today, set: take }, format);
  }
  const shown = state.text ?? shownText(kindOf(field), state.value, format);
  return textField({ ...options, value: shown, input: set, inputMode: numeric ? 'decimal' : 'text' });
}
