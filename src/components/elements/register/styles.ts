/** What only registers need: their toolbar, narrow layout, focus rings of rows and cells. */
import { type CSSResult, css } from 'lit';

export const registerStyles: CSSResult = css`
  .lot {
    block-size: 100%;
  }
  .search {
    inline-size: min(23em, 100%);
    min-inline-size: 12em;
    flex: 0 1 auto;
  }
  .finders {
    display: flex;
    gap: 0.5em;
    padding: 0 0.92em 0.77em;
  }
  .finders .search {
    flex: 1;
    inline-size: auto;
    min-inline-size: 0;
  }
  .finders .sorts {
    inline-size: 8.5em;
    flex: none;
  }
  .foot .density .in {
    min-block-size: 1.9em;
    padding-inline: 0.4em 1.9em;
    border-color: transparent;
    background: none;
    font-weight: 500;
  }
  .foot .density .in:hover {
    background: var(--_bg-hover);
  }
  .foot .density .i {
    inset-inline-end: 0.4em;
  }
  .foot .density .in:focus-visible {
    border-color: var(--_focus);
  }
  td > .link,
  th > .sort {
    cursor: pointer;
  }
  tbody > tr.row:focus-visible {
    outline: none;
  }
  tbody > tr.row:focus-visible > td {
    box-shadow:
      inset 0 2px var(--_focus),
      inset 0 -2px var(--_focus);
  }
  td:focus-visible {
    outline-offset: -2px;
  }
  .sort:focus-visible,
  .twist:focus-visible {
    outline-offset: 0;
  }
  .links {
    margin: 0.5em 0 0;
    display: flex;
    gap: 1em;
  }
  .nest .inner.halves {
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    padding-block-start: 0.6em;
  }
  .nest .kv {
    padding-block-start: 0.5em;
    min-inline-size: 15em;
  }
  .fade1 .sk {
    opacity: 0.7;
  }
  .fade2 .sk {
    opacity: 0.4;
  }
  .narrow .chips {
    flex-wrap: nowrap;
    overflow-x: auto;
    scrollbar-width: none;
    mask-image: linear-gradient(90deg, #000 90%, transparent);
    padding-inline-end: 2.4em;
  }
  .narrow[dir='rtl'] .chips {
    mask-image: linear-gradient(270deg, #000 90%, transparent);
  }
  .narrow .chip {
    flex: none;
  }
  td .cut {
    display: inline-block;
    max-inline-size: 26em;
    overflow: hidden;
    text-overflow: ellipsis;
    vertical-align: bottom;
  }
  .tight .fluid {
    inline-size: 100%;
    max-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .tight th.fluid {
    min-inline-size: 8em;
  }
  .short td .life,
  .brief td .exp .d {
    display: none;
  }
  .nested .opt {
    display: none;
  }
  .nested .inner {
    display: grid;
    gap: 0.62em;
  }
  .nested table th {
    background: none;
  }
  .nested tr > :first-child {
    padding-inline-start: 0;
  }
  .narrow .nested {
    margin-block-start: 0.4em;
    padding: 0.4em 0.62em;
    background: var(--_bg-sunken);
    border-radius: var(--_radius);
    overflow-x: auto;
  }
  .narrow .foot .vr,
  .narrow .foot > .grow {
    display: none;
  }
  .narrow .foot {
    justify-content: space-between;
  }
  .narrow .kbd {
    display: none;
  }
  .card > .sk {
    margin-block: 0.35em;
  }
  @media (forced-colors: active) {
    tbody > tr.row:focus-visible > td {
      border-block: 2px solid CanvasText;
      box-shadow: none;
    }
  }
`;
