/** The large message where rows or a record would stand: what happened, what was not written, what to do. */
import { html, nothing, type TemplateResult } from 'lit';
import { glyph } from '../icons.ts';

/** Title, sentence and buttons below a drawing; an error's code in faint, to be told to whoever helps. */
export function message(
  drawing: 'empty' | 'failed',
  title: string,
  text: string,
  actions: readonly unknown[],
  code?: string,
  level: 2 | 3 = 3,
): TemplateResult {
  return html`<div class="state" part=${drawing === 'failed' ? 'error' : 'empty'}>
    ${glyph(drawing)}${level === 2 ? html`<h2 class="title">${title}</h2>` : html`<h3 class="title">${title}</h3>`}<p>${text}</p>
    ${actions.length === 0 ? nothing : html`<div class="do">${actions}</div>`}
    ${code === undefined ? nothing : html`<span class="code faint">${code}</span>`}
  </div>`;
}
