/** Below the toolbar: presets with their counts, the filters in force, a way to more of them, the saved view. */
import { html, nothing, type TemplateResult } from 'lit';
import type { RegisterController } from '../../controllers/register/register-controller.ts';
import type { FilterValue } from '../../core.ts';
import { labelText } from '../../extensions/resolve.ts';
import type { FieldExtension } from '../../extensions/types.ts';
import type { Format } from '../../i18n/format.ts';
import { icon } from '../../icons.ts';
import { chip } from '../../primitives/controls.ts';
import type { MenuEntry } from '../../primitives/menu.ts';
import type { ChipDefinition } from './kind.ts';
import type { RegisterView } from './view.ts';

export function chipRow<R extends { readonly id: string }>(
  view: RegisterView<R>,
): TemplateResult | typeof nothing {
  const { chips, register, format, keepsViews } = view;
  const tokens = [...groupTokens(view), ...filterTokens(view)];
  const add = view.entries.filters().length > 0 ? addButton(view) : nothing;
  const presets = chips.length < 2 ? [] : chips.filter((each) => present(each, register));
  const views = keepsViews ? viewsButton(view) : nothing;
  if (presets.length === 0 && tokens.length === 0 && add === nothing && views === nothing) return nothing;
  return html`<div class="chips" part="filters" role="group" aria-label=${format.text('register.filters')}>${presets.map(
    ({ id, label, values, icon: shape }) => {
      const known = register.counts.get(id);
      return chip({
        label: format.text(label, values),
        pressed: register.preset === id,
        count: known === undefined ? undefined : format.number(known),
        action: `filter-${id}`,
        press: () => register.setPreset(id),
        ...(shape === undefined ? {} : { icon: shape }),
      });
    },
  )}${presets.length > 0 && (tokens.length > 0 || add !== nothing) ? html`<span class="vr"></span>` : nothing}${tokens}${add}${
    views === nothing ? nothing : html`<span class="grow"></span>${views}`
  }</div>`;
}

/** Whether a chip stands there: a rare one does with something behind it. */
const present = <R extends { readonly id: string }>(
  { id, rare }: ChipDefinition,
  { counts, state }: RegisterController<R>,
): boolean => !rare || state.preset === id || (counts.get(id) ?? 0) > 0;

const token = (inner: unknown, remove: string, press: () => void, action: string): TemplateResult =>
  html`<span class="chip token" part="chip" data-action=${action}>${inner}<button class="drop" type="button"
    aria-label=${remove} @click=${press}>${icon('x')}</button></span>`;

function filterTokens<R extends { readonly id: string }>(view: RegisterView<R>): TemplateResult[] {
  const { register, format, everyColumn } = view;
  return register.active.map(({ name, value }) => {
    const column = everyColumn.find(({ filter }) => filter === name);
    const label = column?.label ?? name;
    const text = filterWords(value, column?.field, format);
    return token(
      html`<span>${label}</span><span class="what">${text}</span>`,
      format.text('filter.remove', { name: label }),
      () => register.filterRow.clear(name),
      `active-${name}`,
    );
  });
}

function groupTokens<R extends { readonly id: string }>({
  register,
  format,
  everyColumn,
}: RegisterView<R>): TemplateResult[] {
  const { group } = register.state;
  return group.map((key) => {
    const label = everyColumn.find((column) => column.key === key)?.label ?? key;
    return token(
      html`${icon('tree')}<span>${format.text('group.label')}</span><span class="what">${label}</span>`,
      format.text('group.stop'),
      () => register.setGroup(group.filter((each) => each !== key)),
      `grouped-${key}`,
    );
  });
}

type Field = FieldExtension<never>;

/** What a filter says, in words. */
export function filterWords(value: FilterValue, field: Field | undefined, format: Format): string {
  const say = (one: string | number | boolean | null): string => {
    if (one === null) return format.text('filter.none');
    if (typeof one === 'boolean') return format.text(one ? 'word.yes' : 'word.no');
    const choice = field?.choices?.find((each) => each.value === one);
    if (choice) return labelText(choice.label, format);
    if (field?.type === 'date' || field?.type === 'instant') return format.date(String(one).slice(0, 10));
    if (field?.filter === 'intent') return format.word('intent', String(one));
    return typeof one === 'number' ? format.number(one) : one;
  };
  const is = format.text('filter.is');
  if (typeof value !== 'object' || value === null) return `${is} ${say(value)}`;
  const { from, to, like, isNull, in: among } = value;
  const parts = [
    among &&
      `${is} ${among.length === 1 ? say(among[0] ?? null) : format.text('filter.anyOf', { n: among.length })}`,
    like !== undefined && format.text('filter.like', { text: like }),
    isNull !== undefined && format.text(isNull ? 'filter.empty' : 'filter.filled'),
    from !== undefined && to !== undefined
      ? format.text('filter.between', { from: say(from), to: say(to) })
      : from !== undefined
        ? format.text('filter.from', { from: say(from) })
        : to !== undefined && format.text('filter.to', { to: say(to) }),
  ];
  return parts.filter((part) => typeof part === 'string').join(', ');
}

function addButton<R extends { readonly id: string }>({
  format,
  menu,
  entries,
}: RegisterView<R>): TemplateResult {
  const label = format.text('filter.add');
  return menu.button(
    'add-filter',
    { label, icon: 'plus', look: 'quiet', action: 'add-filter' },
    { label, entries: entries.filters },
  );
}

/** Every field that can be filtered and is not yet. */
export function filterEntries<R extends { readonly id: string }>(
  view: RegisterView<R>,
): readonly MenuEntry[] {
  const { register, everyColumn } = view;
  const free = everyColumn.filter(
    ({ filter }) => filter !== undefined && register.state.filters[filter] === undefined,
  );
  return free.map((column) => ({
    id: `add-${column.key}`,
    label: column.label,
    press: () => view.do.editFilter(column),
  }));
}

function viewsButton<R extends { readonly id: string }>(view: RegisterView<R>): TemplateResult {
  const { register, format, menu, entries } = view;
  const now = register.views.find(register.state.view);
  const name = now?.name ?? format.text('views.standard');
  const label = register.viewDirty ? format.text('views.changed', { name }) : name;
  const options = { label: format.text('views.label'), entries: entries.views };
  const press = (event: Event): void => menu.toggle('views', event.currentTarget as Element, options);
  return html`<span class="view"><span class="muted" aria-hidden="true">${format.text('views.label')}</span><button
    class="btn quiet" type="button" part="button" data-action="views" aria-haspopup="menu" aria-controls="menu"
    aria-expanded=${menu.shown === 'views'} aria-label="${format.text('views.label')} ${label}"
    @click=${press}>${label}${icon('chev')}</button></span>`;
}

/** The saved views, and what can be done with them. */
export function viewEntries<R extends { readonly id: string }>(view: RegisterView<R>): readonly MenuEntry[] {
  const { register, format } = view;
  const { views } = register;
  const now = views.find(register.state.view);
  const own = views.list.filter(({ scope }) => scope === 'private');
  const given = views.list.filter(({ scope }) => scope === 'host');
  const one = ({ id, name }: { readonly id: string; readonly name: string }): MenuEntry => ({
    id: `view-${id}`,
    label: name,
    checked: now?.id === id,
    one: true,
    press: () => view.do.useView(id),
  });
  const changed: MenuEntry[] =
    now?.scope === 'private' && register.viewDirty
      ? [
          {
            id: 'view-save',
            label: format.text('views.save', { name: now.name }),
            press: () => void views.save(now.id, register.state),
          },
        ]
      : [];
  const kept: MenuEntry[] =
    now === undefined
      ? []
      : [
          {
            id: 'view-default',
            label: format.text(views.standard?.id === now.id ? 'views.unsetDefault' : 'views.setDefault'),
            checked: views.standard?.id === now.id,
            press: () => void views.setStandard(views.standard?.id === now.id ? undefined : now.id),
          },
          ...(now.scope === 'private'
            ? [
                {
                  id: 'view-delete',
                  label: format.text('views.delete', { name: now.name }),
                  danger: true,
                  press: () => view.do.deleteView(now),
                },
              ]
            : []),
        ];
  return [
    {
      id: 'view-standard',
      label: format.text('views.standard'),
      checked: now === undefined,
      one: true,
      press: () => view.do.useView(undefined),
    },
    ...(given.length > 0 ? [{ heading: format.text('views.given') }, ...given.map(one)] : []),
    ...(own.length > 0 ? [{ heading: format.text('views.yours') }, ...own.map(one)] : []),
    'line',
    ...changed,
    { id: 'view-save-as', label: format.text('views.saveAs'), icon: 'plus', press: view.do.saveView },
    ...kept,
  ];
}
