/** What a screen reader hears of a list that has changed: how many, how they are sorted, which page. */
import type { RegisterController } from '../../controllers/register-controller.ts';
import type { Format } from '../../i18n/format.ts';
import type { RegisterKind } from './kind.ts';

export function announcement<R extends { readonly id: string }>(
  kind: RegisterKind<R>,
  register: RegisterController<R>,
  format: Format,
): string {
  const field = register.sort.replace(/^-/, '');
  const column = kind.columns.find(({ sort }) => sort === field);
  const order = format.text(register.sort.startsWith('-') ? 'register.descending' : 'register.ascending');
  const parts = [
    format.text(`${kind.words}.loaded`, { n: register.total ?? register.rows.length }),
    column && `${format.text('register.sortOn', { column: format.text(column.label) })}, ${order}`,
    register.page > 0 && format.text('register.page', { n: register.page + 1, of: register.pages ?? null }),
  ];
  return parts.filter((part) => typeof part === 'string').join('. ');
}
