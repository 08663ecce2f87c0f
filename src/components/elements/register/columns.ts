/**
 * The columns of a register: fields, as somebody arranged them, with what the list offers of each; and how a
 * field is drawn and written where it does not say so itself.
 */
import { html } from 'lit';
import type { FileColumn } from '../../controllers/register/csv.ts';
import type { RegisterController } from '../../controllers/register/register-controller.ts';
import { labelText } from '../../extensions/resolve.ts';
import type { DrawContext, FieldExtension, FieldType } from '../../extensions/types.ts';
import type { Format } from '../../i18n/format.ts';
import { code, dash, quantity } from '../../primitives/values.ts';
import type { ViewColumn } from './view.ts';

/** Values of a record by a field, with what the field's extension has loaded for it. */
export type ValueOf<R> = (field: FieldExtension<R>, row: R) => unknown;

const absent = (value: unknown): boolean => value === null || value === undefined || value === '';

const DECIMAL = /^-?\d+(\.\d+)?$/;

function written(value: unknown, type: FieldType, format: Format): string {
  const text = String(value);
  switch (type) {
    case 'quantity':
      return DECIMAL.test(text) ? format.quantity(text) : text;
    case 'number':
      return typeof value === 'number' && Number.isInteger(value)
        ? format.number(value)
        : DECIMAL.test(text)
          ? format.quantity(text)
          : text;
    case 'date':
      return format.date(text);
    case 'instant':
      return format.moment(text);
    case 'flag':
      return format.text(value === true ? 'word.yes' : 'word.no');
    default:
      return text;
  }
}

/** The text of a field, as the screen says it; empty where there is none. */
export function fieldText<R>(field: FieldExtension<R>, value: unknown, row: R, context: DrawContext): string {
  if (field.format) return field.format(value, row, context);
  if (absent(value)) return '';
  const choice = field.choices?.find((each) => each.value === value);
  if (choice) return labelText(choice.label, context.format);
  return Array.isArray(value) ? value.join(', ') : written(value, field.type, context.format);
}

function drawn<R>(field: FieldExtension<R>, value: unknown, row: R, context: DrawContext): unknown {
  if (field.render) return field.render(value, row, context);
  const text = fieldText(field, value, row, context);
  if (text === '') return dash;
  if (field.type === 'code') return code(text);
  if (
    (field.type === 'quantity' || field.type === 'number') &&
    !field.format &&
    DECIMAL.test(String(value))
  ) {
    return quantity(String(value), context.format);
  }
  return html`<bdi title=${text}>${text}</bdi>`;
}

/** A value as it stands, where nothing better can be made of it; empty where it cannot be written. */
function plain(value: unknown): string {
  try {
    return absent(value) ? '' : String(value);
  } catch {
    return '';
  }
}

/** Hears of a host's function that stumbled over a field. */
export type Stumbled<R> = (field: FieldExtension<R>, error: unknown) => void;

/** What stands in the cell of a field; what cannot be drawn shows its value as it stands, or an em dash. */
export function drawField<R>(
  field: FieldExtension<R>,
  value: unknown,
  row: R,
  context: DrawContext,
  stumbled: Stumbled<R> = () => {},
): unknown {
  try {
    const cell = drawn(field, value, row, context);
    return typeof cell === 'symbol' ? plain(cell) : cell;
  } catch (error) {
    stumbled(field, error);
    const text = plain(value);
    return text === '' ? dash : html`<bdi title=${text}>${text}</bdi>`;
  }
}

const alignOf = <R>({ role, type }: FieldExtension<R>): 'num' | 'unit' | '' =>
  type === 'quantity' || type === 'number' ? 'num' : role === 'unit' ? 'unit' : '';

/** Everything a column needs to know of the register it stands in. */
interface Setting<R extends { readonly id: string }> {
  readonly register: RegisterController<R>;
  readonly fields: ReadonlyMap<string, FieldExtension<R>>;
  readonly context: DrawContext;
  readonly read: ValueOf<R>;
  readonly stumbled: Stumbled<R>;
}

/** All columns in their order, hidden ones too. */
export function arrangedColumns<R extends { readonly id: string }>(
  o: Setting<R>,
): readonly (ViewColumn<R> & { readonly hidden: boolean })[] {
  const { register, fields, context, read, stumbled } = o;
  const { offers, state } = register;
  const groupable = new Set(register.groups.offered.map(({ key }) => key));
  return register.columns.all.flatMap((arranged) => {
    const field = fields.get(arranged.key);
    if (field === undefined) return [];
    const column = {
      key: field.key,
      field,
      label: labelText(field.label, context.format),
      align: alignOf(field),
      pin: arranged.pin,
      width: arranged.width,
      sort: offers.sort(field.sort) ? field.sort : undefined,
      filter: offers.filter(field.filter) ? field.filter : undefined,
      listed: offers.values(field.filter),
      grouped: state.group.includes(field.key),
      groupable: groupable.has(field.key),
      cell: (row: R) => drawField(field, read(field, row), row, context, stumbled),
      hidden: arranged.hidden,
    };
    return [column];
  });
}

/** Columns as a file, a copy and a print take them. */
export function fileColumns<R>(
  columns: readonly ViewColumn<R>[],
  context: DrawContext,
  read: ValueOf<R>,
  stumbled: Stumbled<R>,
): readonly FileColumn<R>[] {
  return columns.map(({ key, label, field }) => ({
    key,
    label,
    type: field.type,
    value: (row) => read(field, row),
    text: (row) => {
      const value = read(field, row);
      try {
        return String(fieldText(field, value, row, context) ?? '');
      } catch (error) {
        stumbled(field, error);
        return plain(value);
      }
    },
  }));
}
