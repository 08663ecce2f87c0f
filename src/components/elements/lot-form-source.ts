/** What a form or view shows while it has no ledger: opening, none connected, or why it could not be opened. */
import { html, nothing, type TemplateResult } from 'lit';
import { type Problem, problemOf } from '../core.ts';
import type { Format } from '../i18n/format.ts';
import { glyph } from '../icons.ts';

/** A large message in place of the body. */
export function placard(
  drawing: 'empty' | 'failed',
  title: string,
  text: string,
  o: { readonly code?: string; readonly actions?: unknown } = {},
): TemplateResult {
  return html`<div class="state" part=${drawing === 'failed' ? 'error' : 'empty'}>
    ${glyph(drawing)}<h2 class="title">${title}</h2><p>${text}</p>
    ${o.actions === undefined ? nothing : html`<div class="do">${o.actions}</div>`}
    ${o.code === undefined ? nothing : html`<span class="code faint">${o.code}</span>`}
  </div>`;
}

/** In place of the body, unless the ledger is open. */
export function sourceState(
  state: 'open' | 'opening' | 'failed' | 'none',
  error: unknown,
  format: Format,
  say: (problem: Problem) => string,
): TemplateResult {
  if (state === 'opening') {
    return html`<div class="state" aria-busy="true"><p>${format.text('state.opening')}</p></div>`;
  }
  if (state === 'failed') {
    const problem = problemOf(error);
    return placard('failed', format.text('state.openFailed'), say(problem), { code: problem.code });
  }
  return placard('empty', format.text('state.noLedger'), format.text('state.noLedgerText'));
}
