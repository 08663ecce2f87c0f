/**
 * Letter tables: which letter stands for a year or a month in codes. Each kind has one default, the one
 * that `yearLetter` and `monthLetter` parts read; the first of a kind becomes it by itself.
 */
import type { Fact } from '../model/facts.ts';
import { letterTableInput } from '../model/inputs.ts';
import type { LetterTableRecord } from '../model/records.ts';
import { LedgerError } from '../ports/errors.ts';
import type { View } from '../ports/view.ts';
import { letterTablesGuard } from '../rules/guards.ts';
import { masterCommandsOf } from './shared/master.ts';
import { fieldsOf, picked } from './shared/patch.ts';

const names = fieldsOf(letterTableInput);

function othersOf(view: View, kind: string, id: string): LetterTableRecord[] {
  return view
    .range('letterTables', 'code', {}, letterTablesGuard)
    .filter((table) => table.kind === kind && table.id !== id);
}

const withDefault = (table: LetterTableRecord, value: boolean): Fact => ({
  kind: 'saved',
  table: 'letterTables',
  id: table.id,
  record: { ...picked(table, names), default: value },
});

export const letterTableCommands = masterCommandsOf({
  table: 'letterTables',
  schema: letterTableInput,
  codes: { notFound: 'letterTable.notFound', duplicate: 'letterTable.duplicate' },
  check({ id, input, before, view }) {
    const seen = new Set<number>();
    input.rows.forEach(({ value }, index) => {
      const path = `rows[${index}].value`;
      if (input.kind === 'month' && value > 12) {
        throw new LedgerError('field.range', { path, details: { min: 1, max: 12 } });
      }
      if (seen.has(value)) throw new LedgerError('field.repeated', { path, details: { value } });
      seen.add(value);
    });
    if (before && before.kind !== input.kind) {
      throw new LedgerError('command.unsupported', { path: 'kind', details: { what: 'changing kind' } });
    }
    const others = othersOf(view, input.kind, id);
    // a kind is never without its default: it moves to another table, it is not switched off
    const stays = before?.default === true && !others.some((table) => table.default);
    return { ...input, default: input.default === true || others.length === 0 || stays };
  },
  also({ id, input, view }) {
    if (!input.default) return [];
    return othersOf(view, input.kind, id)
      .filter((table) => table.default)
      .map((table) => withDefault(table, false));
  },
  alsoOnRemoval(record, view) {
    const heir = record.default ? othersOf(view, record.kind, record.id)[0] : undefined;
    return heir ? [withDefault(heir, true)] : [];
  },
});
