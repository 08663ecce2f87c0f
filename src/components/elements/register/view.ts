/** What the parts of a register are drawn from: one object per render, made by the element. */
import type { Spot } from '../../controllers/grid-keys.ts';
import type { RegisterController } from '../../controllers/register/register-controller.ts';
import type { Line, SavedView } from '../../controllers/register/types.ts';
import type { Density, Problem } from '../../core.ts';
import type { OfferedAction } from '../../extensions/actions.ts';
import type { ActionScope, FieldExtension } from '../../extensions/types.ts';
import type { Format } from '../../i18n/format.ts';
import type { Menu, MenuEntry } from '../../primitives/menu.ts';
import type { Popover } from '../../primitives/popover.ts';
import type { Provided } from '../../provider/types.ts';
import type { ChipDefinition, KindContext, RegisterKind } from './kind.ts';

/** A column on the screen: its field, where it stands, what the list offers of it. */
export interface ViewColumn<R> {
  readonly key: string;
  readonly field: FieldExtension<R>;
  readonly label: string;
  readonly align: 'num' | 'unit' | '';
  readonly pin: 'start' | 'end' | undefined;
  /** Width in em that somebody gave it. */
  readonly width: number | undefined;
  /** Names of the list's sort and filter; undefined where it offers none. */
  readonly sort: string | undefined;
  readonly filter: string | undefined;
  /** The list can tell its values. */
  readonly listed: boolean;
  readonly grouped: boolean;
  readonly groupable: boolean;
  readonly cell: (row: R) => unknown;
}

/** What pressing something in a register does. */
export interface Handlers<R> {
  readonly create: () => void;
  readonly open: (row: R) => void;
  readonly search: (text: string, now?: boolean) => void;
  readonly focusSearch: () => void;
  readonly spread: (density: Density) => void;
  readonly key: (event: KeyboardEvent) => void;
  readonly focused: (event: FocusEvent) => void;
  readonly scrolled: (event: Event) => void;
  /** A press on a header, unless it ended a drag. */
  readonly sort: (column: ViewColumn<R>, event: MouseEvent) => void;
  readonly drag: (column: ViewColumn<R>, event: PointerEvent) => void;
  readonly resize: (column: ViewColumn<R>, event: PointerEvent) => void;
  readonly fit: (keys: readonly string[]) => void;
  /** Moves a column by so many places, or changes its width by so many em; tells the screen reader. */
  readonly nudge: (key: string, places: number) => void;
  readonly widen: (key: string, em: number) => void;
  readonly pin: (key: string, side: 'start' | 'end' | undefined) => void;
  readonly show: (key: string, on: boolean) => void;
  readonly tick: (line: number, event?: MouseEvent) => void;
  readonly tickPage: () => void;
  readonly exportCsv: () => void;
  readonly exportSelection: () => void;
  readonly print: () => void;
  readonly copy: (headers: boolean) => void;
  readonly help: () => void;
  readonly redraw: () => void;
  readonly saveView: () => void;
  readonly deleteView: (view: SavedView) => void;
  readonly useView: (id: string | undefined) => void;
  readonly run: (action: OfferedAction<R>, scope: ActionScope, rows: readonly R[]) => void;
  readonly values: (column: ViewColumn<R>, anchor: Element) => void;
  readonly editFilter: (column: ViewColumn<R>) => void;
}

/** What the parts of a register are drawn from. */
export interface RegisterView<R extends { readonly id: string }> {
  readonly kind: RegisterKind<R>;
  readonly register: RegisterController<R>;
  readonly format: Format;
  readonly context: KindContext;
  /** All of them, also hidden ones, in their order. */
  readonly everyColumn: readonly ViewColumn<R>[];
  readonly columns: readonly ViewColumn<R>[];
  readonly chips: readonly ChipDefinition[];
  readonly narrow: boolean;
  /** Name of the filter somebody is typing in. */
  readonly typing: string | undefined;
  readonly readonly: boolean;
  readonly typed: string;
  readonly density: Density;
  readonly offlineSince: Date | undefined;
  /** Calls wait for a sign-in. */
  readonly held: Provided['held'];
  /** What of the host's did not work, as a sentence; with a way to close it. */
  readonly notice: string | undefined;
  readonly dismiss: () => void;
  /** Rows can be ticked. */
  readonly ticks: boolean;
  /** Rows show details. */
  readonly expands: boolean;
  readonly filterRow: boolean;
  readonly toolbar: boolean;
  readonly searches: boolean;
  readonly keepsViews: boolean;
  /** Whether a record may be created; a text says why not. */
  readonly mayCreate: boolean | string;
  readonly spot: Spot;
  /** The line of the focus is drawn; where it is not, the table itself holds the tab stop. */
  readonly focusDrawn: boolean;
  /** The lines to draw, and the heights in px that stand in for the others. */
  readonly lines: readonly Line<R>[];
  readonly firstLine: number;
  readonly before: number;
  readonly after: number;
  /** First and last line that are really visible, in a window. */
  readonly visible: { readonly first: number; readonly last: number };
  readonly skeleton: boolean;
  /** Too early to say that something is read: room is kept, nothing is drawn in it. */
  readonly still: boolean;
  /** A message stands in place of rows. */
  readonly bare: boolean;
  /** Rows to keep room for. */
  readonly reserve: number;
  /** What is being done in the background, as a sentence; with a way to stop it. */
  readonly task: { readonly text: string; readonly stop: () => void } | undefined;
  readonly menu: Menu;
  readonly popover: Popover;
  readonly entries: {
    readonly row: (row: R) => readonly MenuEntry[];
    readonly column: (column: ViewColumn<R>) => readonly MenuEntry[];
    readonly more: () => readonly MenuEntry[];
    readonly views: () => readonly MenuEntry[];
    readonly filters: () => readonly MenuEntry[];
  };
  readonly actions: (scope: ActionScope, rows: readonly R[]) => readonly OfferedAction<R>[];
  readonly say: (problem: Problem) => string;
  readonly do: Handlers<R>;
}
