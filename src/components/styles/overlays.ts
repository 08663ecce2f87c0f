/** What lies above the page: menus, popovers, tooltips, lists of options; and the small parts of a pager. */
import { type CSSResult, css } from 'lit';

export const overlays: CSSResult = css`
  .layer,
  .options {
    position: fixed;
    inset: auto;
    margin: 0;
    padding: 0.3em;
    border: 1px solid var(--_line-strong);
    border-radius: var(--_radius);
    background: var(--_bg-raised);
    color: var(--_text);
    box-shadow: var(--_shadow);
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  .layer {
    font-weight: 400;
    text-align: start;
    white-space: normal;
  }
  .layer:popover-open {
    animation: appear var(--_motion) ease-out;
  }
  @keyframes appear {
    from {
      transform: translateY(-0.2em);
    }
  }
  .popover {
    padding: 0.77em 0.92em;
    outline: none;
  }
  .tip {
    padding: 0.3em 0.62em;
    background: var(--_primary);
    border-color: transparent;
    color: var(--_on-primary);
    overflow-wrap: break-word;
  }
  .menu {
    min-inline-size: 12em;
  }
  .menu .heading {
    padding: 0.46em 0.62em 0.3em;
    font-size: 0.923em;
    font-weight: 500;
    color: var(--_text-muted);
  }
  .menu .line {
    margin: 0.3em 0;
    border-block-start: 1px solid var(--_line);
  }
  .menu .item {
    display: flex;
    align-items: baseline;
    gap: 0.62em;
    inline-size: 100%;
    min-block-size: 2.3em;
    padding: 0.36em 0.62em;
    border: 0;
    border-radius: 3px;
    background: none;
    color: var(--_text);
    text-align: start;
    text-decoration: none;
    cursor: pointer;
  }
  .menu .item:hover,
  .menu .item:focus {
    background: var(--_bg-hover);
    outline: none;
  }
  .menu .item:focus-visible {
    background: var(--_bg-selected);
    outline: 1px solid var(--_accent);
    outline-offset: -1px;
  }
  .menu .item.danger {
    color: var(--_danger-text);
  }
  .menu .item[aria-disabled='true'] {
    color: var(--_text-muted);
    cursor: default;
  }
  .menu .mark {
    flex: none;
    inline-size: 1.08em;
    align-self: center;
    color: var(--_text-muted);
  }
  .menu .danger .mark {
    color: inherit;
  }
  .menu .what {
    display: grid;
    flex: 1;
    min-inline-size: 0;
  }
  .menu .kbd {
    white-space: nowrap;
  }
  .pages {
    display: inline-flex;
    align-items: center;
    gap: 0.15em;
  }
  .with {
    display: inline-flex;
    align-items: center;
    gap: 0.46em;
    white-space: nowrap;
  }
  .with > .select {
    inline-size: auto;
  }
  .pages .with {
    padding-inline: 0.3em;
  }
  .pages .btn[aria-disabled='true'] {
    border-color: transparent;
    background: none;
    color: var(--_text-faint);
  }
  .in.pageno {
    inline-size: 4.2em;
    min-block-size: 1.95em;
    text-align: end;
  }
  @media (pointer: coarse) {
    .menu .item {
      min-block-size: 44px;
    }
  }
  @media (forced-colors: active) {
    .menu .item:focus-visible {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
    .menu .item:focus-visible * {
      color: HighlightText;
    }
  }
`;
