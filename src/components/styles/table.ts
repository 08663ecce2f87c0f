/** Tables: header, rows, row edges, numbers, an opened row, the foot; and cards where it is narrow. */
import { type CSSResult, css } from 'lit';

export const table: CSSResult = css`
  .scroll.bare {
    flex: none;
  }
  .scroll {
    position: relative;
    overflow: auto;
    flex: 1;
    min-block-size: 0;
    border-block-start: 1px solid var(--_line-strong);
  }
  table {
    border-collapse: separate;
    border-spacing: 0;
    inline-size: 100%;
    font-size: 1em;
  }
  th,
  td {
    text-align: start;
    padding: 0 var(--_cell-x);
    block-size: var(--_row);
    border-block-end: 1px solid var(--_line);
    white-space: nowrap;
    vertical-align: middle;
    font-weight: inherit;
  }
  tr > :where(:first-child) {
    padding-inline-start: 0.92em;
  }
  tr > :where(:last-child) {
    padding-inline-end: 0.92em;
  }
  th.num,
  td.num {
    text-align: end;
    white-space: nowrap;
  }
  .lot[dir='rtl'] td.num {
    direction: ltr;
    text-align: right;
  }
  .lot[dir='rtl'] th.num {
    text-align: right;
  }
  thead th {
    background: var(--_bg-sunken);
    font-weight: 500;
    color: var(--_text-muted);
    font-size: 0.923em;
    block-size: var(--_head);
    border-block-end-color: var(--_line-strong);
  }
  .sticky thead th {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
  }
  th.sorted {
    color: var(--_text);
    font-weight: 600;
  }
  .sort {
    display: inline-flex;
    gap: 0.3em;
    align-items: center;
    border: 0;
    padding: 0;
    min-block-size: var(--_head);
    background: none;
    color: inherit;
    font-weight: inherit;
    cursor: pointer;
  }
  .sort:hover {
    color: var(--_text);
  }
  .sort .i {
    visibility: hidden;
  }
  .sorted .sort .i {
    visibility: visible;
  }
  .sort:hover .i {
    visibility: visible;
  }
  td.unit,
  th.unit {
    padding-inline-start: 0.3em;
    font-size: 0.923em;
  }
  td.lead,
  th.lead {
    padding-inline-end: 0;
    inline-size: 1%;
  }
  th.lead::after {
    content: '';
    display: block;
    inline-size: 1.2em;
  }
  tbody tr.row:hover > td {
    background: var(--_bg-hover);
  }
  tr.sel > td {
    background: var(--_bg-selected);
  }
  tr.open > td {
    border-block-end-color: transparent;
  }
  tr > td:first-child {
    position: relative;
  }
  .edge > td:first-child::before {
    content: '';
    position: absolute;
    inset-block: 0;
    inset-inline-start: 0;
    inline-size: 3px;
  }
  .edge.e-danger > td:first-child::before {
    background: var(--_danger-solid);
  }
  .edge.e-warn > td:first-child::before {
    background: repeating-linear-gradient(var(--_warn-solid) 0 5px, transparent 5px 8px);
  }
  .twist {
    display: inline-grid;
    place-items: center;
    inline-size: 1.9em;
    block-size: 1.9em;
    margin-inline: -0.4em;
    border: 0;
    padding: 0;
    background: none;
    color: var(--_text-muted);
    border-radius: var(--_radius);
    cursor: pointer;
  }
  .twist:hover {
    color: var(--_text);
    background: var(--_bg-hover);
  }
  tfoot td {
    background: var(--_bg-sunken);
    border-block-start: 1px solid var(--_line-strong);
    border-block-end: 0;
    font-weight: 600;
  }
  tr.group > td {
    background: var(--_bg-sunken);
    font-weight: 600;
  }
  .nest > td {
    padding: 0;
    background: var(--_bg-sunken);
    block-size: auto;
    white-space: normal;
  }
  .nest .inner {
    padding: 0.15em 0.92em 0.9em;
    margin-inline-start: 1.76em;
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 2.2em;
    align-items: start;
  }
  .nest table {
    inline-size: auto;
    min-inline-size: 62%;
  }
  .nest table th {
    background: none;
    block-size: 2.2em;
    position: static;
  }
  .nest table td {
    block-size: 2.1em;
  }
  .nest table tr > :first-child {
    padding-inline-start: 0;
  }
  .nest table tbody tr:last-child td {
    border-block-end: 0;
  }
  .nest th.num,
  .nest td.num {
    padding-inline-start: 0.5em;
  }
  .nest .scale {
    inline-size: 9em;
    padding-inline-start: 1.4em;
  }
  .foot {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.4em 1em;
    box-sizing: border-box;
    min-block-size: calc(var(--_control) + 1.08em + 1px);
    padding: 0.54em 0.92em;
    border-block-start: 1px solid var(--_line-strong);
    background: var(--_bg-sunken);
    color: var(--_text-muted);
    white-space: nowrap;
  }
  .foot b {
    font-weight: 500;
    color: var(--_text);
  }
  .foot .with {
    display: inline-flex;
    align-items: center;
    gap: 0.4em;
  }
  .pages {
    display: inline-flex;
    align-items: center;
    gap: 0.46em;
  }
  .cards {
    list-style: none;
    margin: 0;
    padding: 0;
  }
  .card {
    padding: 0.7em 0.92em 0.7em 1.1em;
    padding-inline: 1.1em 0.92em;
    border-block-end: 1px solid var(--_line-strong);
    position: relative;
    display: grid;
    gap: 0.25em;
  }
  .card::before {
    content: '';
    position: absolute;
    inset-block: 0;
    inset-inline-start: 0;
    inline-size: 4px;
  }
  .card.e-danger::before {
    background: var(--_danger-solid);
  }
  .card.e-warn::before {
    background: repeating-linear-gradient(var(--_warn-solid) 0 5px, transparent 5px 8px);
  }
  .card .line {
    display: flex;
    gap: 0.6em;
    align-items: center;
    min-inline-size: 0;
  }
  .card .line.ends {
    justify-content: space-between;
    align-items: flex-end;
    padding-block-start: 0.15em;
  }
  .card .lab {
    display: block;
    font-size: 0.846em;
    font-weight: 400;
    color: var(--_text-muted);
  }
  .card .big {
    font-size: 1.38em;
    font-weight: 600;
    line-height: 1.15;
  }
  .card .end {
    text-align: end;
  }
  .card .foots {
    color: var(--_text-muted);
    font-size: 0.923em;
  }
  .card .exp .d {
    min-inline-size: 5.6em;
  }
  @media (forced-colors: active) {
    .edge > td:first-child::before,
    .card::before {
      forced-color-adjust: none;
    }
    .edge.e-danger > td:first-child::before,
    .card.e-danger::before {
      background: CanvasText;
    }
    .edge.e-warn > td:first-child::before,
    .card.e-warn::before {
      background: repeating-linear-gradient(CanvasText 0 5px, Canvas 5px 8px);
    }
    tr.sel > td {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
    tr.sel > td :is(.sub, .muted, .faint, .unit, .badge) {
      color: HighlightText !important;
    }
    tr.sel > td .badge {
      background: transparent;
      border-color: HighlightText;
    }
  }
`;
