/** The keys of a register's table: what is pressed in it becomes a move of the focus or an act. */
import { FILTERS, type HeadAct, type Move, type RowAct, type Spot } from '../../controllers/grid-keys.ts';
import { begins, pressedMove } from './focus.ts';
import { openColumnMenu } from './header.ts';
import type { Inside } from './inside.ts';

/** Rows that PgUp and PgDn jump over where there are pages. */
const LEAP = 10;
/** What an arrow changes of a width, in em. */
const STEP = 1;

const keysOf = (view: { readonly columns: readonly { readonly key: string }[] }): readonly string[] =>
  view.columns.map(({ key }) => key);

export class RegisterKeys<R extends { readonly id: string }> {
  readonly #in: () => Inside<R>;

  constructor(inside: () => Inside<R>) {
    this.#in = inside;
  }

  get spot(): Spot {
    const { focus, lines, view } = this.#in();
    return focus.spot(lines(), keysOf(view()));
  }

  readonly focused = (event: FocusEvent): void => {
    const { focus, lines, view, element } = this.#in();
    if (focus.arrived(event.target as Element, lines(), keysOf(view()))) element.requestUpdate();
  };

  readonly key = (event: KeyboardEvent): void => {
    // With a modifier a filter's keys are the browser's and the host's: Ctrl+A selects its text, no rows.
    const typed = event.target instanceof Element && event.target.matches('[data-filter]');
    if (typed && (event.ctrlKey || event.metaKey || event.altKey)) return;
    const { focus, lines, view, rtl } = this.#in();
    const move = pressedMove(event, focus, {
      lines: lines(),
      columns: keysOf(view()),
      shape: this.#shape(rtl()),
    });
    if (move !== null) this.#do(move);
    else this.#rest(event);
  };

  #shape(rtl: boolean): Parameters<typeof pressedMove>[2]['shape'] {
    const { view, window } = this.#in();
    const { columns, register, ticks, expands, filterRow } = view();
    const every = columns.map((_, i) => i);
    const line = register.lineCount > 0 ? register.line(this.spot.row < 0 ? 0 : this.spot.row) : undefined;
    const opened =
      line?.kind === 'group'
        ? line.open
        : line?.kind === 'row' && expands && register.expanded.has(line.row.id);
    return {
      leap: register.mode === 'window' && !register.grouped ? window.leap : LEAP,
      headers: ticks ? [-1, ...every] : every,
      filters: filterRow ? every.filter((i) => columns[i]?.filter !== undefined) : [],
      expanded: opened,
      expandable: expands || line?.kind === 'group',
      ticks,
      parent: this.#parent(),
      rtl,
    };
  }

  /** The line of the group the one in focus belongs to. */
  #parent(): number | undefined {
    const { register } = this.#in().view();
    const { row } = this.spot;
    if (!register.grouped || row < 0) return undefined;
    const { level } = register.line(row);
    for (let at = row - 1; at >= 0; at--) {
      const line = register.line(at);
      if (line.kind === 'group' && line.level < level) return at;
    }
    return undefined;
  }

  /** What no cell moves by: a filter that is begun, a step back. */
  #rest(event: KeyboardEvent): void {
    const { view } = this.#in();
    const target = event.target as HTMLElement;
    const { row } = this.spot;
    if (
      row === FILTERS &&
      target.matches('td') &&
      (begins(event) || event.key === 'Backspace' || event.key === 'Delete')
    ) {
      const input = target.querySelector<HTMLInputElement>('input:not([readonly])');
      if (input === null || event.key === '?') return;
      // What is typed goes into the field: it takes the place of what stood there.
      input.focus();
      input.select();
      return;
    }
    const { selection } = view().register;
    if (event.key !== 'Escape' || selection.empty || target.closest('input:not(.check)') !== null) return;
    event.preventDefault();
    event.stopPropagation();
    selection.clear();
  }

  #do(move: Move): void {
    if ('to' in move) this.moveTo(move.to);
    else if ('act' in move) this.#act(move.act);
    else this.#head(move.head);
  }

  moveTo(spot: Spot): void {
    const { focus, lines, window, view, element } = this.#in();
    focus.moveTo(spot, lines(), keysOf(view()));
    if (spot.row >= 0 && view().register.mode === 'window') window.reveal(spot.row);
    element.requestUpdate();
  }

  #act(act: RowAct): unknown {
    const { view, tasks } = this.#in();
    const { register } = view();
    const { row: at } = this.spot;
    const line = register.line(at);
    if (act === 'tickAll') return view().do.tickPage();
    if (
      line.kind === 'group' &&
      (act === 'open' || act === 'toggle' || act === 'expand' || act === 'collapse' || act === 'tick')
    ) {
      return register.groups.toggle(
        line.path,
        act === 'expand' ? true : act === 'collapse' ? false : undefined,
      );
    }
    if (line.kind === 'more' && (act === 'open' || act === 'tick')) return register.groups.more(line.path);
    const row = line.kind === 'row' ? line.row : undefined;
    if (act === 'copy' || act === 'copyRows') void tasks.copy(act === 'copyRows', row);
    if (row === undefined) return undefined;
    if (act === 'open') view().do.open(row);
    else if (act === 'tick') register.tick(at);
    else if (act === 'tickTo') void register.tickTo(at);
    else if (act === 'menu') this.#rowMenu(row);
    else if (act === 'toggle') register.toggle(row.id);
    else if (act === 'expand' || act === 'collapse') register.toggle(row.id, act === 'expand');
    return undefined;
  }

  #rowMenu(row: R): void {
    const { view, element } = this.#in();
    const line = element.renderRoot.querySelector(`tbody [data-line="${CSS.escape(row.id)}"]`);
    const anchor = element.shadowRoot?.activeElement ?? line;
    const { entries, menu, format, kind } = view();
    if (anchor === null) return;
    menu.open(`row:${row.id}`, anchor, {
      label: format.text('register.moreOf', { code: kind.code(row) }),
      entries: () => entries.row(row),
    });
  }

  #head(act: HeadAct): unknown {
    const { view, tasks, element } = this.#in();
    const { columns, register } = view();
    const { column: at } = this.spot;
    if (act === 'tickAll') return view().do.tickPage();
    if (act === 'copy' || act === 'copyRows') return tasks.copy(act === 'copyRows');
    const column = columns[at];
    if (column === undefined) return undefined;
    const { sort, key } = column;
    if (act === 'sort' || act === 'sortAlso') {
      if (sort !== undefined) register.sortBy(sort, act === 'sortAlso');
    } else if (act === 'forward' || act === 'back') view().do.nudge(key, act === 'back' ? 1 : -1);
    else if (act === 'wider' || act === 'narrower') view().do.widen(key, act === 'wider' ? STEP : -STEP);
    else if (act === 'edit') view().do.editFilter(column);
    else {
      const anchor = element.shadowRoot?.activeElement;
      if (anchor === null || anchor === undefined) return undefined;
      if (act === 'values') view().do.values(column, anchor);
      else if (this.spot.row === FILTERS) view().do.values(column, anchor);
      else openColumnMenu(view(), column, anchor);
    }
    return undefined;
  }
}
