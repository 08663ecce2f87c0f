/** The master data of a store as plain tables, folded until somebody asks. */
import type { App } from '../portal/app.ts';
import { type Child, h } from '../portal/dom.ts';
import { type TableColumn, table } from './parts.ts';

type Masters = 'items' | 'warehouses' | 'codeTypes' | 'lotStatuses' | 'templates';
type Row<K extends Masters> = Awaited<ReturnType<App['ledger'][K]['list']>>['items'][number];

const LIMIT = 200;

/** All tables below one heading. */
export async function masterData(app: App): Promise<HTMLElement> {
  const { ledger, speech } = app;
  const { settings: say } = speech.words;
  const [items, warehouses, codeTypes, statuses, templates] = await Promise.all([
    ledger.items.list({ limit: LIMIT, total: true }),
    ledger.warehouses.list({ limit: LIMIT, total: true }),
    ledger.codeTypes.list({ limit: LIMIT, total: true }),
    ledger.lotStatuses.list({ limit: LIMIT, total: true }),
    ledger.templates.list({ limit: LIMIT, total: true }),
  ]);
  return h(
    'section',
    { class: 'panel', 'aria-label': say.masters },
    h('h2', {}, say.masters),
    fold(app, say.items, items, itemColumns(app)),
    fold(app, say.warehouses, warehouses, warehouseColumns(app)),
    fold(app, say.templates, templates, templateColumns(app)),
    fold(app, say.codeTypes, codeTypes, codeTypeColumns(app)),
    fold(app, say.statuses, statuses, statusColumns(app)),
  );
}

interface Listed<R> {
  readonly items: readonly R[];
  readonly total?: number;
}

function fold<R>(app: App, title: string, list: Listed<R>, columns: readonly TableColumn<R>[]): HTMLElement {
  const { speech } = app;
  const count = speech.number(list.total ?? list.items.length);
  const rest = (list.total ?? 0) - list.items.length;
  return h(
    'details',
    {},
    h('summary', {}, h('span', { class: 'medium' }, title), ' ', h('span', { class: 'faint' }, count)),
    list.items.length === 0
      ? h('p', { class: 'faint' }, speech.words.settings.empty)
      : table(title, columns, list.items),
    rest > 0 ? h('p', { class: 'faint' }, speech.words.record.andMore(speech.number(rest))) : null,
  );
}

/** Code and description, which all of them have. */
function coded<R extends { readonly code: string; readonly description: string | null }>({
  speech,
}: App): TableColumn<R>[] {
  const { words } = speech;
  return [
    { head: words.settings.code, code: true, cell: (row) => row.code },
    { head: words.settings.description, cell: (row) => row.description ?? words.none },
  ];
}

function itemColumns(app: App): TableColumn<Row<'items'>>[] {
  const { words, number } = app.speech;
  const { settings: say } = words;
  const tracked = ({ lots, serials }: Row<'items'>): string =>
    [lots ? say.byLots : '', serials ? say.bySerials : ''].filter(Boolean).join(', ') || say.untracked;
  const days = ({ lots, serials }: Row<'items'>): Child => {
    const life = lots?.shelfLifeDays ?? serials?.shelfLifeDays;
    return life ? say.days(number(life)) : words.none;
  };
  return [
    ...coded<Row<'items'>>(app),
    { head: words.record.unit, cell: (row) => row.unit.code },
    { head: say.tracking, cell: tracked },
    { head: say.shelfLife, cell: days },
  ];
}

function warehouseColumns(app: App): TableColumn<Row<'warehouses'>>[] {
  const { words } = app.speech;
  const locations = (row: Row<'warehouses'>): string =>
    row.locations.map(({ code }) => code).join(', ') || words.none;
  return [...coded<Row<'warehouses'>>(app), { head: words.settings.locations, code: true, cell: locations }];
}

function templateColumns(app: App): TableColumn<Row<'templates'>>[] {
  const { record } = app.speech.words;
  return [
    { head: record.warehouse, cell: (row) => row.warehouse },
    ...coded<Row<'templates'>>(app),
    { head: record.kind, cell: (row) => (row.type === 'load' ? record.load : record.unload) },
  ];
}

function codeTypeColumns(app: App): TableColumn<Row<'codeTypes'>>[] {
  const { settings: say } = app.speech.words;
  const parts = (row: Row<'codeTypes'>): string =>
    row.parts
      .map(({ source, value, length }) =>
        source === 'text' ? `“${value ?? ''}”` : `${source} ${length ?? ''}`.trim(),
      )
      .join(' + ');
  return [
    ...coded<Row<'codeTypes'>>(app),
    { head: say.kindOf, cell: (row) => (row.kind === 'lot' ? say.forLots : say.forSerials) },
    { head: say.parts, cell: parts },
  ];
}

function statusColumns(app: App): TableColumn<Row<'lotStatuses'>>[] {
  const { words } = app.speech;
  const { settings: say } = words;
  return [
    ...coded<Row<'lotStatuses'>>(app),
    { head: say.available, cell: (row) => (row.available ? words.yes : words.no) },
    {
      head: say.sale,
      cell: (row) => say.verdicts[row.intents.sale ?? (row.available ? 'allow' : 'deny')],
    },
  ];
}
