/** What a screen reader hears of a list that has changed: how many, how they are sorted, which page, what failed. */
import { selectedWords } from './selection-bar.ts';
import type { RegisterView } from './view.ts';

/** What the list has become; undefined while nothing is settled. */
export function announcement<R extends { readonly id: string }>(view: RegisterView<R>): string | undefined {
  const { register, format, kind } = view;
  if (register.phase === 'failed' && register.problem !== null) {
    return `${format.text(`${kind.words}.failed`)}. ${view.say(register.problem)}`;
  }
  if (register.phase !== 'ready' || register.busy) return undefined;
  const parts = [loaded(view), sorted(view), grouped(view), paged(view)];
  return parts.filter((part) => part !== '').join('. ');
}

function loaded<R extends { readonly id: string }>({ register, format, kind }: RegisterView<R>): string {
  const { total, rows, capped } = register;
  const text = format.text(`${kind.words}.loaded`, { n: total ?? rows.length });
  return capped && total !== undefined
    ? text.replace(format.number(total), (n) => format.text('register.capped', { n }))
    : text;
}

function sorted<R extends { readonly id: string }>({
  register,
  format,
  everyColumn,
}: RegisterView<R>): string {
  const names = register.sorts.flatMap((sort) => {
    const column = everyColumn.find((each) => each.sort === sort.replace(/^-/, ''));
    const order = format.text(sort.startsWith('-') ? 'register.descending' : 'register.ascending');
    return column === undefined ? [] : [`${column.label}, ${order}`];
  });
  return names.length === 0 ? '' : format.text('register.sortOn', { column: names.join('; ') });
}

function grouped<R extends { readonly id: string }>({
  register,
  format,
  everyColumn,
}: RegisterView<R>): string {
  const names = register.state.group.flatMap(
    (key) => everyColumn.find((each) => each.key === key)?.label ?? [],
  );
  return names.length === 0 ? '' : format.text('group.by', { column: names.join(', ') });
}

const paged = <R extends { readonly id: string }>({ register, format }: RegisterView<R>): string =>
  register.page > 0 && register.mode === 'pages' && !register.grouped
    ? format.text('register.page', { n: register.page + 1, of: register.pages ?? null })
    : '';

/** What the selection has become. */
export const selectionWords = <R extends { readonly id: string }>(view: RegisterView<R>): string =>
  view.register.selection.empty ? view.format.text('selection.cleared') : selectedWords(view);
