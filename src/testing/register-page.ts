/**
 * A register as a test speaks of it: rows and cells by code and column, sorting, filtering, choosing, opening.
 * For hosts' tests and ours; stands on `data-row-id`, `data-column`, `data-filter` and `data-action`.
 */
import { allIn, appears, click, firstIn, press, type Settling, settle, textOf, until, write } from './dom.ts';
import { elementIn } from './form-page.ts';

/** A group of a grouped register. */
export interface GroupLine {
  /** What its line says: the value, how many, sums. */
  readonly text: string;
  readonly open: boolean;
}

/** What a test can do with a register and read from it. Rows are named by their code or their id. */
export interface RegisterPage {
  readonly element: HTMLElement;
  /** The codes of the rows on the screen, in their order. */
  rows(): Promise<string[]>;
  /** Ids of the rows on the screen. */
  ids(): Promise<string[]>;
  /** Keys of the columns on the screen, in their order. */
  columns(): Promise<string[]>;
  /** The text of a cell; empty where the column is not on the screen. */
  cell(row: string, column: string): Promise<string>;
  /** How many rows match, as the register says to a screen reader; undefined where it is not known. */
  count(): Promise<number | undefined>;
  /** Sorts by a column, as a press on its header does; `add` leaves the other sorts. */
  sort(column: string, how?: { readonly add?: boolean }): Promise<void>;
  /** Direction of a column: `ascending`, `descending`, or `none`. */
  sorted(column: string): Promise<string>;
  /** Types into the filter of a column; an empty text takes it away. */
  filter(column: string, typed: string): Promise<void>;
  /** Types into the search. */
  search(text: string): Promise<void>;
  /** Presses the chip with this id: `expired`, `all`. */
  chip(id: string): Promise<void>;
  /** Ticks a row, or takes the tick away; `shift` ticks all from the last one. */
  select(row: string, how?: { readonly shift?: boolean }): Promise<void>;
  /** Codes of the ticked rows on the screen. */
  selected(): Promise<string[]>;
  /** Opens a row, as a press on its code does. */
  open(row: string): Promise<void>;
  /** Shows the details of a row, or hides them. */
  expand(row: string): Promise<void>;
  /** Does something from the menu of a row, by the id of the action. */
  act(row: string, action: string): Promise<void>;
  /** The groups on the screen, where it is grouped. */
  groups(): Promise<GroupLine[]>;
  /** Presses a button by its `data-action`. */
  press(action: string): Promise<void>;
  /** Whether a button is there, and can be pressed. */
  offers(action: string): Promise<boolean>;
  /** What stands in place of rows, or as a banner above them; empty where all is well. */
  message(): Promise<string>;
  /** What a screen reader was told last. */
  said(): Promise<string>;
  settled(): Promise<void>;
}

/** The columns that name a record. */
const NAMING = ['code', 'number'];

const ROW = '[data-row-id]:not([data-details-of] *)';

/**
 * The page object of a register.
 * @param root the element, or a selector of it in the document
 * @example
 * const register = registerPage('lot-register');
 * await register.filter('code', '2026%');
 * await register.sort('expiryDate');
 * await register.sort('code', { add: true });
 * await register.cell('202611001', 'onHand'); // '92'
 * await register.select('202611001');
 */
export function registerPage(root: Element | string): RegisterPage {
  const element = elementIn(root);
  const settled = (): Promise<void> => settle(element as Settling);
  const page = new Rows(element);
  const shown = async <T>(read: () => T): Promise<T> => {
    await settled();
    return read();
  };
  const done = async (act: () => void | Promise<void>): Promise<void> => {
    await settled();
    await act();
    await settled();
  };
  return {
    element,
    settled,
    rows: () => shown(() => page.all.map((row) => page.codeOf(row))),
    ids: () => shown(() => page.all.map(({ dataset }) => dataset.rowId ?? '')),
    columns: () => shown(() => page.headers.map(({ dataset }) => dataset.column ?? '')),
    cell: (row, column) => shown(() => textOf(page.cell(row, column))),
    count: () => shown(() => page.count),
    sort: (column, { add = false } = {}) => done(() => click(page.sorter(column), { shiftKey: add })),
    sorted: (column) => shown(() => page.header(column).getAttribute('aria-sort') ?? 'none'),
    filter: (column, typed) => done(() => page.filter(column, typed)),
    search: (text) => done(() => page.search(text)),
    chip: (id) => done(() => click(page.button(`filter-${id}`))),
    select: (row, { shift = false } = {}) =>
      done(() => click(page.inRow(row, '[data-action="select"]'), { shiftKey: shift })),
    selected: () => shown(() => page.all.filter((row) => page.isTicked(row)).map((row) => page.codeOf(row))),
    open: (row) => done(() => click(page.inRow(row, '[data-action="open"]'))),
    expand: (row) => done(() => click(page.inRow(row, '[data-action="expand"]'))),
    act: (row, action) =>
      done(async () => {
        click(page.inRow(row, '[data-action="row-menu"]'));
        click(
          await appears(element, `[role="menu"] [data-action="${CSS.escape(action)}"]`, `action “${action}”`),
        );
      }),
    groups: () => shown(() => page.groups),
    press: (action) => done(() => click(page.button(action))),
    offers: (action) => shown(() => page.offers(action)),
    message: () => shown(() => allIn(element, '.state, [part~="notice"]').map(textOf).join(' ')),
    said: () => shown(() => allIn(element, '[role="status"].sr').at(-1)?.textContent?.trim() ?? ''),
  };
}

/** Where things are in a register. */
class Rows {
  readonly #element: HTMLElement;

  constructor(element: HTMLElement) {
    this.#element = element;
  }

  get all(): HTMLElement[] {
    return allIn(this.#element, ROW).filter((row) => row.closest('[data-details-of]') === null);
  }

  get headers(): HTMLElement[] {
    return allIn(this.#element, '[role="columnheader"][data-column]').filter(
      ({ dataset }) => !dataset.column?.startsWith('#'),
    );
  }

  codeOf(row: HTMLElement): string {
    for (const column of NAMING) {
      const cell = row.querySelector(`[data-column="${column}"]`);
      if (cell) return textOf(cell.querySelector('[data-action="open"]') ?? cell);
    }
    return textOf(row.querySelector('[data-action="open"]') ?? undefined) || (row.dataset.rowId ?? '');
  }

  row(named: string): HTMLElement {
    const found = this.all.find((row) => row.dataset.rowId === named || this.codeOf(row) === named);
    if (found === undefined) throw new Error(`There is no row “${named}” on the screen.`);
    return found;
  }

  inRow(named: string, selector: string): HTMLElement {
    const found = this.row(named).querySelector<HTMLElement>(selector);
    if (found === null) throw new Error(`Row “${named}” has no ${selector}.`);
    return found;
  }

  cell(row: string, column: string): Element | undefined {
    return this.row(row).querySelector(`[data-column="${CSS.escape(column)}"]`) ?? undefined;
  }

  header(column: string): HTMLElement {
    const found = this.headers.find(({ dataset }) => dataset.column === column);
    if (found === undefined) throw new Error(`There is no column “${column}” on the screen.`);
    return found;
  }

  sorter(column: string): HTMLElement {
    const found = this.header(column).querySelector<HTMLElement>('[data-action="sort"]');
    if (found === null) throw new Error(`The list cannot be sorted by “${column}”.`);
    return found;
  }

  button(action: string): HTMLElement {
    const found = firstIn(this.#element, `[data-action="${CSS.escape(action)}"]`);
    if (found === undefined) throw new Error(`There is no button “${action}”.`);
    return found;
  }

  offers(action: string): boolean {
    const found = firstIn(this.#element, `[data-action="${CSS.escape(action)}"]`);
    return found !== undefined && !found.matches(':disabled, [aria-disabled="true"]');
  }

  isTicked(row: HTMLElement): boolean {
    const box = row.querySelector<HTMLInputElement>('[data-action="select"]');
    return box?.checked ?? row.getAttribute('aria-selected') === 'true';
  }

  get groups(): GroupLine[] {
    return allIn(this.#element, '[data-action="group"]').map((button) => {
      const line = button.closest('[role="row"]') ?? button;
      return { text: textOf(line), open: line.getAttribute('aria-expanded') === 'true' };
    });
  }

  get count(): number | undefined {
    const grid = firstIn(this.#element, '[role="grid"], [role="treegrid"]');
    const rows = Number(grid?.getAttribute('aria-rowcount') ?? -1);
    if (rows < 0) return undefined;
    return rows - (grid?.querySelectorAll('thead [role="row"]').length ?? 0);
  }

  filter(column: string, typed: string): void {
    const field = firstIn<HTMLInputElement>(
      this.#element,
      `[data-column="${CSS.escape(column)}"] :is(input, select)[data-filter]`,
    );
    if (field === undefined) throw new Error(`There is no filter for “${column}” on the screen.`);
    write(field, typed);
    press(field, 'Enter');
  }

  async search(text: string): Promise<void> {
    const field = firstIn<HTMLInputElement>(this.#element, '#search, [data-field="search"] input');
    if (field === undefined) throw new Error('This register has no search.');
    write(field, text);
    // Enter asks for what the element has drawn
    await (this.#element as Settling).settled;
    press(field, 'Enter');
    await until('the search is taken over', () => field.value === text);
  }
}
