/** What pressing something in a register does; made once, so that what is drawn keeps its listeners. */
import { html } from 'lit';
import type { Density } from '../../core.ts';
import { emit } from '../../events.ts';
import { runAction } from '../../extensions/actions.ts';
import { labelText } from '../../extensions/resolve.ts';
import { checkField, textField } from '../../primitives/fields.ts';
import { type DragHost, dragOrder, dragWidth } from './column-drag.ts';
import { opens } from './filters.ts';
import type { Inside } from './inside.ts';
import { keyList } from './keys-dialog.ts';
import { filterPopover } from './values.ts';
import type { Handlers, ViewColumn } from './view.ts';

const NARROWEST = 3;
const WIDEST = 60;

type Part<R extends { readonly id: string }, K extends keyof Handlers<R>> = Pick<Handlers<R>, K>;

export function handlersOf<R extends { readonly id: string }>(inside: () => Inside<R>): Handlers<R> {
  return { ...acting(inside), ...arranging(inside), ...viewing(inside), ...filtering(inside) };
}

function acting<R extends { readonly id: string }>(
  inside: () => Inside<R>,
): Part<
  R,
  | 'create'
  | 'open'
  | 'search'
  | 'focusSearch'
  | 'spread'
  | 'key'
  | 'focused'
  | 'scrolled'
  | 'tick'
  | 'tickPage'
  | 'exportCsv'
  | 'exportSelection'
  | 'print'
  | 'copy'
  | 'help'
  | 'redraw'
  | 'run'
> {
  const register = () => inside().view().register;
  return {
    create: () => void emit(inside().element, 'lot-create', { kind: inside().kind.kind }),
    // As a press on the row's own link does it, so that a host's route is followed like any link.
    open: (row) => {
      const { element, kind, view } = inside();
      const line = element.renderRoot.querySelector<HTMLElement>(
        `[data-row-id="${CSS.escape(row.id)}"] [data-action="open"]`,
      );
      if (line === null) view().context.open(kind.kind, row.id, kind.code(row));
      else line.click();
    },
    search: (text, now = false) => {
      inside().type(text);
      register().setSearch(text, now);
    },
    focusSearch: () => inside().element.renderRoot.querySelector<HTMLInputElement>('#search')?.focus(),
    spread: (density: Density) => {
      inside().sheet.release();
      inside().window.release();
      register().setDensity(density);
    },
    key: (event) => inside().keys.key(event),
    focused: (event) => inside().keys.focused(event),
    scrolled: (event) => inside().window.scrolled(event),
    tick: (line, event) => {
      if (event?.shiftKey) void register().tickTo(line);
      else register().tick(line);
    },
    tickPage: () => {
      const ids = register().rows.map(({ id }) => id);
      register().selection.set(ids, register().selection.of(ids) !== 'all');
    },
    exportCsv: () => void inside().tasks.exportCsv(),
    exportSelection: () => void inside().tasks.exportCsv(true),
    print: () => void inside().tasks.print(),
    copy: (headers) => void inside().tasks.copy(headers),
    help: () => {
      const { dialog, view } = inside();
      const { format, ticks } = view();
      dialog.ask({
        title: format.text('register.keysTitle'),
        body: keyList(format, ticks),
        confirm: format.text('action.close'),
        act: () => true,
      });
    },
    redraw: () => inside().element.requestUpdate(),
    run: (offered, scope, rows) => {
      const context = inside().actionContext(scope, rows);
      if (context === undefined) return;
      const go = (): void => void runAction(offered, context, inside().failed);
      const { action, locked } = offered;
      if (action.danger !== true || locked !== undefined) return go();
      const label = labelText(action.label, context.format);
      inside().dialog.ask({
        title: label,
        body: '',
        confirm: label,
        cancel: context.format.text('action.cancel'),
        danger: true,
        act: () => {
          go();
          return true;
        },
      });
    },
  };
}

function arranging<R extends { readonly id: string }>(
  inside: () => Inside<R>,
): Part<R, 'sort' | 'drag' | 'resize' | 'fit' | 'nudge' | 'widen' | 'pin' | 'show'> {
  /** The press that follows a drag is none. */
  let dragged = false;
  const label = (key: string): string =>
    inside()
      .view()
      .everyColumn.find((each) => each.key === key)?.label ?? key;
  const tell = (
    key:
      | 'register.columnMoved'
      | 'register.columnHidden'
      | 'register.columnBack'
      | 'register.columnPinned'
      | 'register.columnUnpinned'
      | 'register.columnWidth',
    column: string,
    n?: number,
  ): void => {
    const { announcer, view } = inside();
    announcer.tell(view().format.text(key, { column: label(column), ...(n === undefined ? {} : { n }) }));
  };
  const columns = () => inside().view().register.columns;
  const host = (): DragHost<R> => ({
    root: inside().element.renderRoot,
    rtl: inside().rtl(),
    sheet: inside().sheet,
    columns: inside().view().columns,
    move: (key, before) => columns().move(key, before),
    resize: (key, em) => columns().resize(key, em),
  });
  return {
    sort: ({ sort }, event) => {
      if (dragged) {
        dragged = false;
        return;
      }
      if (sort !== undefined) inside().view().register.sortBy(sort, event.shiftKey);
    },
    drag: (column, event) => {
      dragged = false;
      dragOrder(host(), column, event, () => {
        dragged = true;
      });
    },
    resize: (column, event) => dragWidth(host(), column.key, event),
    fit: (keys) => {
      const { sheet } = inside();
      columns().fit(Object.fromEntries(keys.map((key) => [key, sheet.best(key)])));
    },
    nudge: (key, places) => {
      if (!columns().moveBy(key, places)) return;
      const place = columns().shown.findIndex((each) => each.key === key);
      tell('register.columnMoved', key, place + 1);
      inside().focus.pending = inside().focus.inside;
    },
    widen: (key, em) => {
      const now = columns().all.find((each) => each.key === key)?.width ?? inside().sheet.widthOf(key);
      const width = Math.min(WIDEST, Math.max(NARROWEST, Math.round(now + em)));
      columns().resize(key, width);
      tell('register.columnWidth', key, width);
    },
    pin: (key, side) => {
      columns().pin(key, side);
      tell(side === undefined ? 'register.columnUnpinned' : 'register.columnPinned', key);
    },
    show: (key, on) => {
      columns().show(key, on);
      tell(on ? 'register.columnBack' : 'register.columnHidden', key);
    },
  };
}

function viewing<R extends { readonly id: string }>(
  inside: () => Inside<R>,
): Part<R, 'saveView' | 'deleteView' | 'useView'> {
  const tell = (
    key: 'views.saved' | 'views.deleted' | 'views.opened' | 'views.failed',
    name: string,
  ): void => {
    const { announcer, view } = inside();
    announcer.tell(view().format.text(key, { name }));
  };
  const draft = { name: '', standard: false };
  const ask = (): void => {
    const { dialog, view } = inside();
    const { format, register } = view();
    dialog.ask({
      title: format.text('views.saveTitle'),
      body: html`${textField({
        id: 'view-name',
        label: format.text('views.name'),
        value: draft.name,
        required: true,
        maxLength: 80,
        input: (text) => {
          draft.name = text;
        },
      })}${checkField({
        id: 'view-default',
        label: format.text('views.default'),
        checked: draft.standard,
        set: (on) => {
          draft.standard = on;
          ask();
        },
      })}`,
      confirm: format.text('action.save'),
      cancel: format.text('action.cancel'),
      act: async () => {
        const name = draft.name.trim();
        if (name === '') return false;
        const saved = await register.views.saveAs(name, register.state);
        if (saved === undefined) {
          tell('views.failed', name);
          return false;
        }
        if (draft.standard) await register.views.setStandard(saved.id);
        register.useView(saved.id);
        tell('views.saved', name);
        return true;
      },
    });
  };
  return {
    saveView: () => {
      draft.name = '';
      draft.standard = false;
      ask();
    },
    deleteView: (doomed) => {
      const { dialog, view } = inside();
      const { format, register } = view();
      dialog.ask({
        title: format.text('views.deleteTitle', { name: doomed.name }),
        body: html`<p>${format.text('views.deleteText')}</p>`,
        confirm: format.text('views.deleteConfirm'),
        cancel: format.text('action.cancel'),
        danger: true,
        act: async () => {
          await register.views.remove(doomed.id);
          tell('views.deleted', doomed.name);
          return true;
        },
      });
    },
    useView: (id) => {
      const { view } = inside();
      const { register, format } = view();
      register.useView(id);
      inside().type(register.search);
      tell('views.opened', register.views.find(id)?.name ?? format.text('views.standard'));
    },
  };
}

function filtering<R extends { readonly id: string }>(
  inside: () => Inside<R>,
): Part<R, 'values' | 'editFilter'> {
  const values = (column: ViewColumn<R>, anchor: Element): void => {
    const { popover, register, format } = inside().view();
    if (column.filter === undefined) return;
    if (opens(column) === 'values') register.valueLists.show(column.filter);
    popover.toggle(`filter:${column.key}`, anchor, {
      label: format.text('filter.of', { column: column.label }),
      body: () => filterPopover(inside().view(), column),
      closed: () => register.valueLists.hide(),
    });
  };
  return {
    values,
    // Where it stands in the row of filters, there; else in a popover of its own.
    editFilter: (column) => {
      const { element } = inside();
      const cell = `.filters [data-column="${CSS.escape(column.key)}"] [data-filter]`;
      const field = element.renderRoot.querySelector<HTMLElement>(cell);
      if (field !== null) {
        field.scrollIntoView({ block: 'nearest', inline: 'nearest' });
        field.focus();
        return;
      }
      const anchor = element.renderRoot.querySelector('[data-action="add-filter"]');
      if (anchor !== null) values(column, anchor);
    },
  };
}
