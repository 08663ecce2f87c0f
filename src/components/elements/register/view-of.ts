/** Makes what a register is drawn from: which columns have room, which lines are in sight, what is offered. */
import { HEADER } from '../../controllers/grid-keys.ts';
import type { FilterField } from '../../controllers/register/filter-text.ts';
import type { RegisterController } from '../../controllers/register/register-controller.ts';
import type { Line } from '../../controllers/register/types.ts';
import { labelText } from '../../extensions/resolve.ts';
import type { MenuEntry } from '../../primitives/menu.ts';
import { filterEntries, viewEntries } from './chips.ts';
import type { GridFocus } from './focus.ts';
import { columnEntries } from './header.ts';
import { lineKey } from './shape.ts';
import { moreEntries } from './toolbar.ts';
import type { RegisterView, ViewColumn } from './view.ts';
import type { Drawn } from './window-view.ts';

/** What the element knows, from which the rest follows. */
type Given<R extends { readonly id: string }> = Pick<
  RegisterView<R>,
  | 'kind'
  | 'register'
  | 'context'
  | 'chips'
  | 'narrow'
  | 'readonly'
  | 'typed'
  | 'typing'
  | 'density'
  | 'offlineSince'
  | 'held'
  | 'notice'
  | 'dismiss'
  | 'ticks'
  | 'expands'
  | 'toolbar'
  | 'keepsViews'
  | 'mayCreate'
  | 'visible'
  | 'reserve'
  | 'task'
  | 'menu'
  | 'popover'
  | 'actions'
  | 'say'
  | 'do'
> & {
  readonly columns: readonly (ViewColumn<R> & { readonly hidden: boolean })[];
  /** Width in em of the register's text. */
  readonly ems: number;
  readonly filters: boolean;
  readonly patience: number;
  readonly drawn: Drawn;
  readonly focus: GridFocus;
};

/** What stands on the screen of the columns: as they come, those there is room for; else what was chosen. */
function shownColumns<R extends { readonly id: string }>({
  columns,
  register,
  ems,
}: Given<R>): readonly ViewColumn<R>[] {
  const shown = columns.filter(({ hidden }) => !hidden);
  if (!register.columns.asTheyCome) return shown;
  const fitting = shown.filter(({ field }) => ems >= (field.from ?? 0));
  return fitting.length > 0 ? fitting : shown.slice(0, 1);
}

function describeFilters<R extends { readonly id: string }>({ columns, register, context }: Given<R>): void {
  const { format, today } = context;
  const fields = new Map<string, FilterField>();
  for (const { field, filter } of columns) {
    if (filter === undefined || fields.has(filter)) continue;
    const choices = field.choices?.map(({ value, label }) => ({ value, label: labelText(label, format) }));
    fields.set(filter, {
      type: field.type,
      comparisons: register.offers.comparisons(filter),
      patterns: register.offers.patterns,
      ...(choices === undefined ? {} : { choices }),
    });
  }
  register.filterRow.describe(fields, {
    locale: format.locale,
    today,
    yes: format.text('word.yes'),
    no: format.text('word.no'),
  });
}

function linesOf<R extends { readonly id: string }>(
  register: RegisterController<R>,
  { first, last }: Drawn,
): Line<R>[] {
  return Array.from({ length: Math.max(0, last - first) }, (_, i) => register.line(first + i));
}

export function viewOf<R extends { readonly id: string }>(given: Given<R>): RegisterView<R> {
  const { register, drawn, context, patience, focus } = given;
  describeFilters(given);
  const columns = shownColumns(given);
  const rowless = register.phase === 'failed' || register.phase === 'stopped';
  const first = register.phase === 'waiting' || register.phase === 'loading';
  const lines = first || rowless ? [] : linesOf(register, drawn);
  const names = lines.map(lineKey);
  const keys = columns.map(({ key }) => key);
  const found = focus.spot({ first: drawn.first, names, count: register.lineCount }, keys);
  const view: RegisterView<R> = {
    ...given,
    format: context.format,
    everyColumn: given.columns,
    columns,
    // Room is kept for the filters until it is known which there are.
    filterRow:
      given.filters && (register.phase === 'waiting' || columns.some(({ filter }) => filter !== undefined)),
    searches: register.offers.search,
    // Without rows the header holds the one tab stop.
    spot: lines.length === 0 && found.row >= 0 ? { row: HEADER, column: 0 } : found,
    focusDrawn:
      lines.length === 0 ||
      found.row < 0 ||
      (found.row >= drawn.first && found.row < drawn.first + lines.length),
    lines,
    firstLine: drawn.first,
    before: first || rowless ? 0 : drawn.before,
    after: first || rowless ? 0 : drawn.after,
    skeleton: first,
    still: !(register.slow || (register.phase === 'waiting' && patience > 0)),
    bare: rowless || (register.phase === 'ready' && register.lineCount === 0),
    entries: {
      row: (row) => rowEntries(view, row),
      column: (column) => columnEntries(view, column),
      more: () => moreEntries(view),
      views: () => viewEntries(view),
      filters: () => filterEntries(view),
    },
  };
  return view;
}

/** What can be done with a row: opening it, its actions. */
function rowEntries<R extends { readonly id: string }>(view: RegisterView<R>, row: R): readonly MenuEntry[] {
  const { format, kind, context } = view;
  const code = kind.code(row);
  const href = context.href(kind.kind, row.id, code);
  const open: MenuEntry = {
    id: 'open',
    label: format.text('action.open'),
    key: 'Enter',
    ...(href === undefined ? {} : { href }),
    press: (event) => {
      if (href === undefined) view.do.open(row);
      else context.follow(event as MouseEvent, kind.kind, row.id, code);
    },
  };
  const actions = view.actions('row', [row]).map(
    (offered): MenuEntry => ({
      id: offered.action.id,
      label: labelText(offered.action.label, format),
      icon: offered.action.icon,
      danger: offered.action.danger,
      locked: offered.locked,
      press: () => view.do.run(offered, 'row', [row]),
    }),
  );
  return [open, ...(actions.length > 0 ? (['line'] as const) : []), ...actions];
}
