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
  .close .foot .density,
  .close .foot .density + .vr {
    display: none;
  }
  .foot .density select {
    field-sizing: content;
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
  .card > .line .link {
    font-weight: 600;
  }
  .card.sel {
    background: var(--_bg-selected);
  }
  .card.group {
    background: var(--_bg-sunken);
  }
  .windowed.narrow .card {
    block-size: 9.8em;
    overflow: hidden;
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
  .wide,
  .less {
    display: contents;
  }
  .less {
    display: none;
  }
  .close .wide {
    display: none;
  }
  .close .less {
    display: contents;
  }
  .bar > .search {
    flex: 0 1 23em;
  }
  .chip.token {
    border-radius: var(--_radius);
    border-style: dashed;
    padding-inline-end: 0.25em;
    cursor: default;
    gap: 0.4em;
  }
  .chip.token .what {
    color: var(--_text);
  }
  .chip.token:hover {
    background: var(--_bg);
  }
  .chip .drop {
    inline-size: 1.7em;
    block-size: 1.7em;
  }
  .view {
    margin-inline-start: auto;
    display: inline-flex;
    align-items: center;
    gap: 0.1em;
  }
  .chips .btn.quiet {
    min-block-size: 2.08em;
    color: var(--_text-muted);
  }
  .view .btn.quiet {
    color: var(--_text);
    font-weight: 500;
  }
  .foot .totals {
    display: inline-flex;
    flex-wrap: wrap;
    gap: 0.2em 1em;
  }
  .picks {
    display: grid;
    gap: 0.5em;
    min-inline-size: 17em;
    max-inline-size: 26em;
  }
  .picks .list {
    list-style: none;
    margin: 0 -0.3em;
    padding: 0;
    max-block-size: 21em;
    overflow: auto;
  }
  .pick {
    display: flex;
    align-items: center;
    gap: 0.55em;
    min-block-size: 2em;
    padding: 0 0.4em;
    border-radius: var(--_radius);
    cursor: pointer;
  }
  .pick > label {
    display: flex;
    align-items: center;
    gap: 0.55em;
    min-inline-size: 0;
    align-self: stretch;
    cursor: pointer;
  }
  .pick .tally {
    margin: 0;
  }
  .pick.every {
    padding-inline: 0.1em;
    border-block-end: 1px solid var(--_line);
    border-radius: 0;
  }
  .pick:hover {
    background: var(--_bg-hover);
  }
  .pick .grip {
    color: var(--_text-faint);
    cursor: grab;
  }
  .pick .drop.on {
    color: var(--_accent);
  }
  .pick .drop[data-action='pin-column']:not(.on) {
    opacity: 0.55;
  }
  .picks .note {
    margin: 0;
    padding: 0.5em 0.4em;
    color: var(--_text-muted);
  }
  .picks .ends {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
  }
  .picks.days {
    grid-template-columns: 1fr 1fr;
  }
  .picks.days .ends {
    grid-column: 1 / -1;
  }
  dl.keys {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 0.45em 1.2em;
    margin: 0;
  }
  dl.keys dt {
    white-space: nowrap;
  }
  dl.keys dd {
    margin: 0;
  }
  .results {
    max-block-size: 16em;
    overflow: auto;
  }
  .results th {
    font-weight: 400;
  }
  .results td {
    white-space: normal;
    padding-block: 0.4em;
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
  .tight :is(th, td).fluid {
    inline-size: 100%;
    max-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .tight td.fluid .cut {
    display: inline;
    max-inline-size: none;
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
