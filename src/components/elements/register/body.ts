/** Puts a register together: what stands above the rows, the rows or what is said in their place, what stands below. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Problem } from '../../core.ts';
import { button } from '../../primitives/controls.ts';
import { message } from '../../primitives/message.ts';
import { registerCards } from './cards.ts';
import { chipRow } from './chips.ts';
import { foot } from './foot.ts';
import { registerGrid } from './grid.ts';
import { banners, stateBlock } from './messages.ts';
import { selectionBar } from './selection-bar.ts';
import { toolbar } from './toolbar.ts';
import type { RegisterView } from './view.ts';

export interface BodyView<R extends { readonly id: string }> {
  readonly view: RegisterView<R>;
  readonly source: 'open' | 'opening' | 'failed' | 'none';
  /** Why the provider could not open its ledger. */
  readonly failure: Problem | undefined;
  readonly reopen: (() => void) | undefined;
  readonly patience: number;
}

export function registerBody<R extends { readonly id: string }>(body: BodyView<R>): TemplateResult {
  const { view, source, failure, patience } = body;
  const { format } = view;
  if (failure !== undefined) {
    const again = button({
      label: format.text('state.retry'),
      look: 'primary',
      icon: 'refresh',
      press: () => body.reopen?.(),
      action: 'reopen',
    });
    const actions = body.reopen === undefined ? [] : [again];
    return message('failed', format.text('state.openFailed'), view.say(failure), actions, failure.code, 2);
  }
  if (source === 'none' && patience > 1) {
    return message(
      'empty',
      format.text('state.noLedger'),
      format.text('state.noLedgerText'),
      [],
      undefined,
      2,
    );
  }
  return html`${banners(view)}${view.toolbar ? html`${toolbar(view)}${chipRow(view)}` : nothing}${
    view.narrow ? (view.bare ? nothing : registerCards(view)) : registerGrid(view)
  }${view.bare ? stateBlock(view) : nothing}${selectionBar(view)}${foot(view)}<span class="sr" id="keys">${format.text(
    'register.keys',
  )}</span><span class="sr" id="filter-help">${format.text('filter.help')}</span>`;
}
