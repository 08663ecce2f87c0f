/** Status badges, the expiry with its life line, the stock bar. Normal is silent; each severity has a shape. */
import { type CSSResult, css } from 'lit';

export const badges: CSSResult = css`
  .badge {
    display: inline-flex;
    align-items: center;
    gap: 0.38em;
    font-weight: 500;
    white-space: nowrap;
    line-height: 1.5;
  }
  .badge .i {
    inline-size: 1.04em;
    block-size: 1.04em;
  }
  .b-ok {
    color: var(--_text);
  }
  .b-ok .i {
    color: var(--_ok-solid);
  }
  .b-neutral {
    color: var(--_neutral-text);
  }
  .b-neutral .i {
    color: var(--_neutral-solid);
  }
  .b-notice,
  .b-warn,
  .b-danger {
    padding-inline: 0.38em 0.5em;
    border: 1px solid;
    border-radius: 3px;
    margin-block: -1px;
  }
  .b-notice {
    color: var(--_notice-text);
    background: var(--_notice-bg);
    border-color: var(--_notice-line);
  }
  .b-warn {
    color: var(--_warn-text);
    background: var(--_warn-bg);
    border-color: var(--_warn-line);
  }
  .b-danger {
    color: var(--_danger-text);
    background: var(--_danger-bg);
    border-color: var(--_danger-line);
  }
  .exp {
    display: flex;
    align-items: center;
    gap: 0.55em;
    white-space: nowrap;
  }
  .exp .d {
    min-inline-size: 6.6em;
  }
  .exp .r {
    display: inline-flex;
    align-items: center;
    gap: 0.35em;
    color: var(--_text-muted);
    min-inline-size: 5.2em;
  }
  .exp .r.t-warn {
    color: var(--_warn-text);
  }
  .exp .r.t-danger {
    color: var(--_danger-text);
  }
  .life {
    display: block;
    inline-size: 3em;
    block-size: 4px;
    border-radius: 2px;
    background: var(--_track);
    overflow: hidden;
    flex: none;
  }
  .life.none {
    background: none;
  }
  .life i {
    display: block;
    block-size: 100%;
    background: var(--_neutral-solid);
    border-radius: 2px;
  }
  .life.warn i {
    background: var(--_warn-solid);
  }
  .life.danger i {
    background: var(--_danger-solid);
  }
  .life.gone {
    background: repeating-linear-gradient(90deg, var(--_danger-solid) 0 3px, transparent 3px 6px);
  }
  .stock {
    display: flex;
    min-inline-size: 1px;
    block-size: 0.62em;
    border-radius: 2px;
    background: var(--_track);
    overflow: hidden;
  }
  .stock i {
    display: block;
    background: var(--_bar);
  }
  .stock i.res {
    background: repeating-linear-gradient(135deg, var(--_bar) 0 2px, var(--_bar-soft) 2px 5px);
  }
  .stock i.blk {
    background: repeating-linear-gradient(45deg, var(--_danger-solid) 0 2px, var(--_danger-bg) 2px 5px);
  }
  .dec {
    color: var(--_text-faint);
    font-weight: 400;
  }
  .ghost {
    visibility: hidden;
  }
  .zero {
    color: var(--_text-faint);
  }
  .unit {
    color: var(--_text-faint);
  }
  @media (forced-colors: active) {
    .stock,
    .life {
      border: 1px solid CanvasText;
      forced-color-adjust: none;
      background: Canvas;
    }
    .stock i,
    .life i {
      background: CanvasText !important;
    }
    .stock i.res {
      background: repeating-linear-gradient(135deg, CanvasText 0 2px, Canvas 2px 5px) !important;
    }
    .life.gone {
      background: repeating-linear-gradient(90deg, CanvasText 0 3px, Canvas 3px 6px);
    }
    .badge .i {
      color: CanvasText !important;
    }
  }
`;
