/** Puts a register together: what stands above the rows, the rows or what is said in their place, the foot. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Problem } from '../../core.ts';
import { button } from '../../primitives/controls.ts';
import { message } from '../../primitives/message.ts';
import { registerCards } from './cards.ts';
import { foot } from './foot.ts';
import type { FrameView } from './frame.ts';
import { type GridView, registerGrid } from './grid.ts';
import type { CellContext } from './kind.ts';
import { banners, stateBlock } from './messages.ts';
import { chipRow, toolbar } from './toolbar.ts';

type FromGrid = 'columns' | 'sorts' | 'spot' | 'open' | 'key' | 'focused';

export interface BodyView<R extends { readonly id: string }> extends Pick<GridView<R>, FromGrid> {
  readonly frame: FrameView<R>;
  readonly context: CellContext;
  readonly source: 'open' | 'opening' | 'failed' | 'none';
  /** Why the provider could not open its ledger. */
  readonly failure: Problem | undefined;
  readonly reopen: (() => void) | undefined;
  readonly patience: number;
}

export function registerBody<R extends { readonly id: string }>(view: BodyView<R>): TemplateResult {
  const { frame, source, failure, patience } = view;
  const { format, register } = frame;
  if (failure !== undefined) {
    const again = button({
      label: format.text('state.retry'),
      look: 'primary',
      icon: 'refresh',
      press: () => view.reopen?.(),
      action: 'reopen',
    });
    const actions = view.reopen === undefined ? [] : [again];
    return message('failed', format.text('state.openFailed'), frame.say(failure), actions, failure.code, 2);
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
  const rowless = register.phase === 'failed' || register.phase === 'stopped';
  const bare = rowless || (register.phase === 'ready' && register.rows.length === 0);
  return html`${banners(frame)}${toolbar(frame)}${chipRow(frame)}${rows(view, bare)}${
    bare ? stateBlock(frame) : nothing
  }${foot(frame)}<span class="sr" id="keys">${format.text('register.keys')}</span>`;
}

function rows<R extends { readonly id: string }>(view: BodyView<R>, bare: boolean): unknown {
  const { frame, context, patience } = view;
  const { kind, register } = frame;
  const waiting = register.phase === 'waiting' && patience > 0;
  const skeleton = waiting || (register.phase === 'loading' && register.slow);
  const shared = { kind, register, context, skeleton, open: view.open };
  if (frame.narrow) return bare ? nothing : registerCards(shared);
  const { columns, sorts, spot, key, focused } = view;
  return registerGrid({ ...shared, bare, columns, sorts, spot, key, focused });
}
