/** The grid of a register: its header and filters, ticks, groups, pinned columns, the window, the selection bar. */
import { type CSSResult, css } from 'lit';

export const gridStyles: CSSResult = css`
  .scroll.window {
    flex: 1 1 calc(var(--_rows) * var(--_row) + var(--_head) + 2.7em);
    overflow-anchor: none;
    overscroll-behavior: contain;
    contain: layout paint style;
  }
  .reserved .scroll:not(.bare) {
    display: grid;
    align-content: start;
  }
  .reserved .scroll:not(.bare)::after {
    content: '';
    grid-area: 1 / 1;
    min-block-size: calc(var(--_rows) * var(--_row) + var(--_head));
    pointer-events: none;
  }
  .reserved .scroll:has(.filters):not(.bare)::after {
    min-block-size: calc(var(--_rows) * var(--_row) + var(--_head) + 2.7em);
  }
  .reserved.narrow:not(.windowed) .scroll:not(.bare)::after {
    min-block-size: calc(var(--_rows) * 9.8em);
  }
  .reserved.narrow .foot {
    min-block-size: 5.3em;
  }
  .reserved .scroll:not(.bare) > * {
    grid-area: 1 / 1;
    align-self: start;
  }
  .reserved .state {
    min-block-size: max(18em, calc(var(--_rows) * var(--_row)));
  }
  .filler > td,
  li.filler {
    padding: 0;
    border: 0;
    overflow-anchor: none;
  }
  .still .sk {
    visibility: hidden;
  }
  .grid {
    outline-offset: -2px;
  }
  .sticky thead {
    position: sticky;
    inset-block-start: 0;
    z-index: 3;
  }
  .sticky thead .heads th {
    position: relative;
    inset-block-start: auto;
    z-index: auto;
  }
  .filters > td {
    background: var(--_bg-sunken);
    block-size: 2.7em;
    padding: 0.2em 0.3em;
    border-block-end-color: var(--_line-strong);
  }
  .heads th {
    border-block-end-color: var(--_line);
  }
  .bare .heads th {
    border-block-end-color: var(--_line);
  }
  .filters .in {
    min-block-size: 2.05em;
    padding: 0 0.5em;
    font-size: 0.95em;
    font-weight: 400;
    border-color: var(--_line);
    border-block-end-color: var(--_line-control);
    gap: 0.2em;
  }
  .filters .in.on {
    border-color: var(--_accent);
    background: var(--_bg-selected);
  }
  .filters select.in.ph {
    color: var(--_text-faint);
  }
  .filters .box:focus-within,
  .filters select.in:focus-visible {
    border-color: var(--_focus);
    box-shadow: 0 0 0 1px var(--_focus);
  }
  .filters .box:has([aria-invalid='true']) {
    border-color: var(--_danger-solid);
    box-shadow: inset 0 0 0 1px var(--_danger-solid);
  }
  .ticks .check {
    vertical-align: middle;
  }
  .filters .box {
    min-inline-size: 5.2em;
  }
  .filters .box.opens {
    min-inline-size: 8.4em;
  }
  .close .filters .box {
    min-inline-size: 0;
  }
  .filters input {
    min-inline-size: 2.4em;
    text-overflow: ellipsis;
  }
  .filters input.num {
    text-align: end;
  }
  .filters td:focus-visible {
    outline-offset: -3px;
  }
  .drop,
  .dots {
    display: inline-grid;
    place-items: center;
    inline-size: 1.85em;
    block-size: 1.85em;
    padding: 0;
    border: 0;
    background: none;
    color: var(--_text-muted);
    border-radius: var(--_radius);
    cursor: pointer;
    flex: none;
  }
  .filters .drop {
    inline-size: 1.5em;
    margin-inline-end: -0.25em;
  }
  .drop:hover,
  .dots:hover {
    color: var(--_text);
    background: var(--_bg-hover);
  }
  .head {
    display: flex;
    align-items: center;
    gap: 0.1em;
    min-inline-size: 0;
  }
  .num > .head {
    justify-content: flex-end;
  }
  .head .sort {
    min-inline-size: 0;
    max-inline-size: 100%;
  }
  .head .sort.plain {
    cursor: default;
  }
  .head .name {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .head .drop {
    inline-size: 1.4em;
    block-size: 1.7em;
    opacity: 0;
    margin-inline-end: -0.5em;
  }
  th.num .head .drop {
    order: -1;
    margin-inline: -0.5em 0;
  }
  th:hover .head .drop,
  .head:focus-within .drop,
  .head .sort[aria-expanded='true'] + .drop {
    opacity: 1;
  }
  .ordinal {
    color: var(--_text-faint);
    font-weight: 400;
  }
  .sort:hover .i {
    visibility: visible;
  }
  .size {
    position: absolute;
    inset-block: 0;
    inset-inline-end: -4px;
    inline-size: 9px;
    cursor: col-resize;
    z-index: 1;
    touch-action: none;
  }
  .size::after {
    content: '';
    position: absolute;
    inset-block: 25%;
    inset-inline-start: 4px;
    inline-size: 1px;
    background: transparent;
  }
  .heads:hover .size::after {
    background: var(--_line-strong);
  }
  .size:hover::after {
    inset-block: 0;
    background: var(--_accent);
  }
  th[data-dragged] {
    opacity: 0.5;
  }
  th[data-drop]::after {
    content: '';
    position: absolute;
    inset-block: 0;
    inline-size: 2px;
    background: var(--_accent);
    z-index: 4;
  }
  th[data-drop='before']::after {
    inset-inline-start: -1px;
  }
  th[data-drop='after']::after {
    inset-inline-end: -1px;
  }
  th.lead::after {
    content: none;
  }
  .lead {
    inline-size: 1.9em;
    padding-inline: 0.62em 0;
  }
  .lead.ticks {
    inline-size: 2.4em;
    padding-inline: 0.77em 0;
  }
  th.lead.twists {
    inline-size: 1.9em;
    min-inline-size: 1.9em;
  }
  /* room of its own: on the last column the menu would cover what somebody reads there */
  .grid .tail {
    inline-size: 2.2em;
    min-inline-size: 2.2em;
    padding: 0;
    position: sticky;
    inset-inline-end: 0;
    z-index: 2;
  }
  .dots {
    position: absolute;
    inset-inline-end: 0.2em;
    inset-block-start: calc(50% - 0.95em);
    background: var(--_bg-raised);
    box-shadow: 0 0 0 1px var(--_line-strong);
    opacity: 0;
    pointer-events: none;
  }
  tr:hover > .tail .dots,
  tr:focus-within > .tail .dots,
  .dots[aria-expanded='true'] {
    opacity: 1;
    pointer-events: auto;
  }
  tbody tr.row:not(.sel):hover > td[data-column],
  tbody tr.row:not(.sel):hover > td {
    background-color: var(--_bg-hover);
  }
  tbody tr.row.sel:hover > td {
    background: var(--_bg-selected);
  }
  table.grid tr.sel > td {
    background-color: var(--_bg-selected);
  }
  table.grid tr.group > td {
    background-color: var(--_bg-sunken);
    font-weight: 600;
  }
  tr.group .what {
    margin-inline-start: 0.5em;
  }
  tr.group .twist {
    margin-inline-start: -0.2em;
    block-size: 1.4em;
    vertical-align: middle;
  }
  .tally {
    color: var(--_text-faint);
    font-weight: 400;
    margin-inline-start: 0.6em;
  }
  .level-1 > td[data-column]:first-of-type,
  .level-1 > td.lead:first-child {
    padding-inline-start: 1.9em;
  }
  .level-2 > td.lead:first-child {
    padding-inline-start: 3em;
  }
  .level-3 > td.lead:first-child {
    padding-inline-start: 4.1em;
  }
  tr.group:focus-visible,
  tr.more:focus-visible {
    outline: none;
  }
  :is(tr.group, tr.more):focus-visible > td {
    box-shadow:
      inset 0 2px var(--_focus),
      inset 0 -2px var(--_focus);
  }
  .selbar {
    display: flex;
    align-items: center;
    gap: 0.5em 0.8em;
    flex-wrap: wrap;
    padding: 0.46em 0.92em;
    border-block-start: 1px solid var(--_accent);
    background: var(--_bg-selected);
    white-space: nowrap;
  }
  .selbar b {
    font-weight: 600;
  }
  .verbs {
    display: inline-flex;
    flex-wrap: wrap;
    gap: 0.5em;
    margin-inline-start: 0.4em;
  }
  .selbar .btn.quiet:hover {
    background: var(--_bg);
  }
  @media (pointer: coarse) {
    .dots,
    .head .drop {
      opacity: 1;
    }
    .drop,
    .dots,
    .twist {
      min-inline-size: 24px;
      min-block-size: 24px;
    }
  }
  @media (forced-colors: active) {
    table.grid tr.sel > td,
    tbody tr.row.sel:hover > td {
      background: Highlight;
    }
    tr.sel > td * {
      color: HighlightText !important;
    }
    tr.sel .dots {
      forced-color-adjust: none;
      background: Highlight;
    }
    tr.sel .badge,
    tr.sel .exp,
    tr.sel .exp *,
    tr.sel a {
      forced-color-adjust: none;
    }
    tr.sel .badge {
      background: transparent;
      border-color: HighlightText;
    }
    tr.sel .check {
      forced-color-adjust: none;
      background: Highlight;
      border-color: HighlightText;
    }
    tr.sel .life {
      border-color: HighlightText;
      background: Highlight;
    }
    tr.sel .life i {
      background: HighlightText !important;
    }
    .filters .in.on {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
    :is(tr.group, tr.more):focus-visible > td {
      border-block: 2px solid CanvasText;
      box-shadow: none;
    }
    .card.sel {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
