/** What is selected and what can be done with it; stands above the foot, and covers no row. */
import { html, nothing, type TemplateResult } from 'lit';
import { labelText } from '../../extensions/resolve.ts';
import { button } from '../../primitives/controls.ts';
import type { RegisterView } from './view.ts';

export function selectionBar<R extends { readonly id: string }>(
  view: RegisterView<R>,
): TemplateResult | typeof nothing {
  const { register, format, narrow } = view;
  const { selection } = register;
  if (!view.ticks || selection.empty) return nothing;
  const clear = button({
    label: format.text('selection.clear'),
    icon: 'x',
    iconOnly: narrow,
    look: 'quiet',
    action: 'clear-selection',
    press: () => selection.clear(),
    ...(narrow ? {} : { key: 'Esc' }),
  });
  return html`<div class="selbar" part="selection" role="region" aria-label=${format.text('selection.actions')}>
    <b data-field="selected">${selectedWords(view)}</b>${narrow ? nothing : everyOther(view)}${verbs(view)}<span
      class="grow"></span>${clear}
  </div>`;
}

/** How many, in words. */
export function selectedWords<R extends { readonly id: string }>({
  register,
  kind,
  format,
}: RegisterView<R>): string {
  const { count } = register.selection;
  return count === undefined
    ? format.text(`${kind.words}.selectedAll`)
    : format.text(`${kind.words}.selected`, { n: count });
}

/** From the rows on the screen to all that match. */
function everyOther<R extends { readonly id: string }>({ register, format }: RegisterView<R>): unknown {
  const { selection, total, capped } = register;
  if (selection.all || total === undefined || selection.count === total) return nothing;
  const label = capped ? format.text('selection.allUnknown') : format.text('selection.all', { n: total });
  return html`<button class="link" type="button" data-action="select-all" @click=${() => register.selection.setAll()}>${label}</button>`;
}

function verbs<R extends { readonly id: string }>(view: RegisterView<R>): unknown {
  const { register, format, narrow, menu } = view;
  const rows = register.rows.filter(({ id }) => register.selection.has(id));
  const offered = view.actions('selection', rows);
  const { count } = register.selection;
  const shown = narrow ? offered.slice(0, 1) : offered.slice(0, 3);
  const rest = offered.slice(shown.length);
  const more = [
    ...rest.map((each) => ({
      id: each.action.id,
      label: labelText(each.action.label, format),
      icon: each.action.icon,
      danger: each.action.danger,
      locked: each.locked,
      press: () => view.do.run(each, 'selection', rows),
    })),
    ...(narrow
      ? [
          {
            id: 'export-selection',
            label: format.text('register.export'),
            icon: 'down' as const,
            press: view.do.exportSelection,
          },
        ]
      : []),
  ];
  const label = format.text('register.more');
  return html`<span class="verbs">${shown.map((each) =>
    button({
      label: labelText(each.action.label, format),
      action: each.action.id,
      press: () => view.do.run(each, 'selection', rows),
      ...(each.action.icon === undefined ? {} : { icon: each.action.icon }),
      ...(each.action.danger ? { look: 'danger' as const } : {}),
      ...(each.locked === undefined ? {} : { disabled: true, tip: each.locked }),
    }),
  )}${
    narrow
      ? nothing
      : button({
          label:
            count === undefined
              ? format.text('register.export')
              : format.text('register.exportN', { n: count }),
          icon: 'down',
          action: 'export-selection',
          press: view.do.exportSelection,
        })
  }${
    more.length === 0
      ? nothing
      : menu.button(
          'selection',
          { label, icon: 'more', iconOnly: true, action: 'selection-more' },
          { label, entries: () => more },
        )
  }</span>`;
}
