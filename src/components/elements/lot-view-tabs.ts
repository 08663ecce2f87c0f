/**
 * The tabs and the actions of a lot's view. Those built in have the shape of a host's own; the body of a tab is
 * drawn while it is open, from its extension or from the child that the host has put into its slot.
 */
import { html, nothing, type TemplateResult } from 'lit';
import type { Lot } from '../core.ts';
import { type OfferedAction, offeredActions, runAction } from '../extensions/actions.ts';
import { labelText } from '../extensions/resolve.ts';
import { hasBody, type OfferedTab } from '../extensions/tabs.ts';
import type { ActionContext, ActionExtension, DrawContext, TabExtension } from '../extensions/types.ts';
import type { Format } from '../i18n/format.ts';
import { banner, button, type Menu, type Tab, tabs } from '../primitives/index.ts';
import type { Allowed, AskedAct } from '../provider/types.ts';
import { warnOnce } from '../warn.ts';

/** Actions that are buttons; the others stand in a menu. */
const BUTTONS = 4;

/** What the built-in tabs are drawn by. */
export interface TabBodies {
  readonly view: () => TemplateResult;
  readonly edit: () => TemplateResult;
  readonly locations: () => TemplateResult;
  readonly history: () => TemplateResult;
  /** Whether the lot may be edited here at all. */
  readonly edits: () => boolean;
  /** Whether the ledger keeps what was changed. */
  readonly keeps: () => boolean;
  /** Entries of the history, where all of them are known. */
  readonly changes: () => number | undefined;
}

/** View, Edit, Locations, History. */
export const lotTabs = (bodies: TabBodies): readonly TabExtension<Lot>[] => [
  { id: 'view', label: 'lotView.view', render: bodies.view },
  { id: 'edit', label: 'lotView.edit', when: bodies.edits, render: bodies.edit },
  {
    id: 'locations',
    label: 'lotView.locations',
    count: ({ stock }) => stock.length,
    render: bodies.locations,
  },
  {
    id: 'history',
    label: 'lotView.history',
    when: bodies.keeps,
    count: bodies.changes,
    render: bodies.history,
  },
];

/** The row of tabs. */
export function tabRow(
  offered: readonly OfferedTab<Lot>[],
  selected: string,
  name: string,
  format: Format,
  select: (id: string) => void,
): TemplateResult {
  const all: Tab[] = offered.map(({ tab, count }) => ({
    id: tab.id,
    label: labelText(tab.label, format),
    count: count === undefined ? undefined : format.number(count),
  }));
  return tabs('t', name, all, selected, select);
}

function body(element: Element, offered: OfferedTab<Lot>, lot: Lot, context: DrawContext): unknown {
  const { tab, slot } = offered;
  if (hasBody(element, slot) || tab.render === undefined) return html`<slot name=${slot}></slot>`;
  try {
    return tab.render(lot, context);
  } catch (error) {
    warnOnce(element, `tab "${tab.id}": render failed: ${String(error)}`);
    return banner({ severity: 'danger', title: context.format.text('lotView.tabFailed') });
  }
}

/** The panel of the tab that is open. */
export function tabPanel(
  element: Element,
  offered: OfferedTab<Lot> | undefined,
  lot: Lot,
  context: DrawContext,
): TemplateResult | typeof nothing {
  if (offered === undefined) return nothing;
  const { id } = offered.tab;
  return html`<div class="panel" role="tabpanel" id="t-panel-${id}" aria-labelledby="t-tab-${id}" tabindex="0">
    ${body(element, offered, lot, context)}</div>`;
}

/** What the buttons of a record are drawn with. */
export interface ActsView {
  readonly actions: readonly ActionExtension<Lot>[];
  readonly context: ActionContext<Lot>;
  readonly may: (act: AskedAct) => Allowed;
  readonly menu: Menu;
  readonly failed: (error: unknown) => void;
}

/** The actions of a record: the first as buttons, the rest in a menu; one that is locked says why. */
export function recordActs(o: ActsView): TemplateResult {
  const { context, menu, failed } = o;
  const { format } = context;
  const offered = offeredActions(o.actions, context, o.may);
  const run = (one: OfferedAction<Lot>) => (): void => void runAction(one, context, failed);
  const press = (one: OfferedAction<Lot>): TemplateResult => {
    const { action, locked } = one;
    return button({
      label: labelText(action.label, format),
      action: action.id,
      ...(action.icon === undefined ? {} : { icon: action.icon }),
      ...(action.danger ? { look: 'danger' as const } : {}),
      ...(locked === undefined ? {} : { disabled: true, tip: locked }),
      press: run(one),
    });
  };
  const rest = offered.slice(offered.length > BUTTONS ? BUTTONS - 1 : BUTTONS);
  const entries = () =>
    rest.map((one) => ({
      id: one.action.id,
      label: labelText(one.action.label, format),
      icon: one.action.icon,
      danger: one.action.danger,
      locked: one.locked,
      press: run(one),
    }));
  const label = format.text('lotView.moreActs');
  const more =
    rest.length === 0
      ? nothing
      : menu.button('acts', { label, icon: 'more', iconOnly: true, action: 'more-acts' }, { label, entries });
  return html`<div class="acts2">${offered.slice(0, offered.length - rest.length).map(press)}${more}</div>`;
}
