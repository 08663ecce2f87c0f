/** The list of columns: shown or not, pinned or not, and in which order, by pointer and by keyboard. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { icon } from '../../icons.ts';
import { button } from '../../primitives/controls.ts';
import type { RegisterView, ViewColumn } from './view.ts';

/** What somebody looks for in the list; one register has it open at a time. */
const wanted = new WeakMap<object, string>();

export function columnChooser<R extends { readonly id: string }>(view: RegisterView<R>): TemplateResult {
  const { register, everyColumn, format } = view;
  const text = wanted.get(register) ?? '';
  const found = everyColumn.filter(({ label }) =>
    label.toLocaleLowerCase().includes(text.toLocaleLowerCase()),
  );
  const seek = (event: Event): void => {
    wanted.set(register, (event.target as HTMLInputElement).value);
    view.do.redraw();
  };
  return html`<div class="picks columns">
    <span class="in box">${icon('search')}<input type="search" autofocus autocomplete="off" spellcheck="false"
      aria-label=${format.text('register.columnsFind')} placeholder=${format.text('register.columnsFind')}
      .value=${live(text)} @input=${seek} /></span>
    <ul class="list" aria-label=${format.text('register.columns')}>${repeat(
      found,
      ({ key }) => key,
      (column) => line(view, column, text === ''),
    )}</ul>
    <div class="ends">${button({
      label: format.text('register.columnsReset'),
      look: 'quiet',
      action: 'columns-reset',
      disabled: register.columns.asTheyCome,
      press: () => register.columns.reset(),
    })}${button({
      label: format.text('register.columnsFit'),
      look: 'quiet',
      action: 'columns-fit',
      press: () => view.do.fit(view.columns.map(({ key }) => key)),
    })}</div>
  </div>`;
}

function line<R extends { readonly id: string }>(
  view: RegisterView<R>,
  column: ViewColumn<R>,
  movable: boolean,
): TemplateResult {
  const { register, format, columns } = view;
  const { key, label, pin } = column;
  const shown =
    columns.some((each) => each.key === key) || register.columns.shown.some((each) => each.key === key);
  const move = (step: number) => (): void => view.do.nudge(key, step);
  const keys = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    if (step === 0) return;
    event.preventDefault();
    if (event.altKey) {
      view.do.nudge(key, step);
      return;
    }
    const all = [...((event.currentTarget as Element).parentElement?.children ?? [])];
    const next = all[all.indexOf(event.currentTarget as Element) + step];
    next?.querySelector<HTMLElement>('input')?.focus();
  };
  return html`<li class="pick" data-column-choice=${key} @keydown=${keys}
    draggable=${movable ? 'true' : 'false'}
    @dragstart=${(event: DragEvent) => event.dataTransfer?.setData('text/plain', key)}
    @dragover=${(event: DragEvent) => event.preventDefault()}
    @drop=${(event: DragEvent) => {
      event.preventDefault();
      const from = event.dataTransfer?.getData('text/plain');
      if (from && from !== key) register.columns.move(from, key);
    }}>
    <span class="grip" aria-hidden="true" title=${format.text('register.drag', { column: label })}>${icon('grip')}</span>
    <label class="grow"><input class="check" type="checkbox" .checked=${live(shown)} data-action="show-column"
      @change=${(event: Event) => view.do.show(key, (event.target as HTMLInputElement).checked)} /><span
      class="cut">${label}</span></label>
    <button class="drop ${pin ? 'on' : ''}" type="button" aria-pressed=${pin !== undefined} data-action="pin-column"
      aria-label=${format.text(pin ? 'register.unpin' : 'register.pin', { column: label })}
      @click=${() => view.do.pin(key, pin ? undefined : 'start')}>${icon('lock')}</button>
    ${
      movable
        ? html`<button class="drop" type="button" data-action="column-up" aria-label=${format.text(
            'register.moveUp',
            {
              column: label,
            },
          )} @click=${move(-1)}>${icon('asc')}</button><button class="drop" type="button" data-action="column-down"
          aria-label=${format.text('register.moveDown', { column: label })} @click=${move(1)}>${icon('desc')}</button>`
        : nothing
    }</li>`;
}
