/** The styles of what a posting's form shows beside and below its lines: the summary, warnings, the foot. */
import { type CSSResult, css } from 'lit';

export const postingFormSummaryStyles: CSSResult = css`
  .summary {
    inline-size: auto;
  }
  .summary td {
    border: 0;
    block-size: 1.9em;
  }
  .summary td:first-child {
    padding-inline-start: 0;
  }
  .summary .through {
    white-space: normal;
    color: var(--_text-muted);
  }
  .warnings {
    list-style: none;
    margin: 0.2em 0 0.3em;
    padding: 0;
  }
  .warnings li {
    display: flex;
  }
  .flagged {
    margin: 0;
    padding-inline-start: 1.2em;
    max-block-size: 10em;
    overflow: auto;
  }
  .plain-line {
    margin: 0;
  }
  .on-posting {
    border-block-start: 1px solid var(--_line);
  }
  .foot-acts .help {
    margin: 0;
  }
  @container (max-width: 62em) {
    .split.two {
      grid-template-columns: minmax(0, 1fr);
    }
    .side {
      border-inline-start: 0;
      border-block-start: 1px solid var(--_line-strong);
    }
    td.alloc,
    td.place {
      inline-size: auto;
    }
  }
  @container (max-width: 43em) {
    .lines table,
    .lines tbody,
    table.tall,
    .tall tbody {
      display: block;
    }
    .lines thead,
    .tall thead {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    .lines tr {
      display: grid;
      grid-template-areas: 'n item item del' '. qty unit state' '. place place alloc';
      grid-template-columns: 2em 7em minmax(0, 1fr) auto;
      gap: 0.3em 0.5em;
      align-items: center;
      padding: 0.5em 0.92em;
      border-block-end: 1px solid var(--_line);
    }
    .lines tr.sel {
      background: var(--_bg-selected);
    }
    .lines tr > td {
      display: block;
      block-size: auto;
      inline-size: auto;
      min-inline-size: 0;
      padding: 0;
      border: 0;
      background: none;
    }
    .lines td.lead {
      grid-area: n;
    }
    .lines td.item {
      grid-area: item;
      white-space: normal;
    }
    .lines td.qty {
      grid-area: qty;
    }
    .lines td.unit-cell {
      grid-area: unit;
    }
    .lines td.place {
      grid-area: place;
    }
    .lines td.alloc {
      grid-area: alloc;
    }
    .lines td.alloc .stock {
      display: none;
    }
    .lines td.state-cell {
      grid-area: state;
      justify-self: end;
    }
    .lines td.del {
      grid-area: del;
      justify-self: end;
    }
    .lines tr.next,
    .lines tr.because {
      display: flex;
      gap: 0.5em;
    }
    .lines tr.next > td:last-child {
      flex: 1;
    }
    .lines td .variant {
      margin: 0.3em 0 0;
      display: block;
    }
  }
  @container (max-width: 43em) {
    .tall tr {
      display: grid;
      grid-template-areas: 'n lot place take' '. expiry expiry free' '. how why why';
      grid-template-columns: 2em 9em minmax(0, 1fr) 7.5em;
      gap: 0.3em 0.7em;
      align-items: center;
      padding: 0.5em 0.92em;
      border-block-end: 1px solid var(--_line);
    }
    .tall tr > td {
      display: block;
      block-size: auto;
      inline-size: auto;
      min-inline-size: 0;
      padding: 0;
      border: 0;
    }
    .tall td:nth-child(1) {
      grid-area: n;
    }
    .tall td:nth-child(2) {
      grid-area: lot;
    }
    .tall td:nth-child(3) {
      grid-area: expiry;
    }
    .tall td:nth-child(4) {
      grid-area: place;
    }
    .tall td:nth-child(5) {
      grid-area: free;
    }
    .tall td:nth-child(6) {
      grid-area: take;
    }
    .tall td:nth-child(7) {
      grid-area: how;
    }
    .tall td:nth-child(8) {
      grid-area: why;
    }
    .tall td[data-label]::before {
      content: attr(data-label) ' ';
      color: var(--_text-muted);
      font-size: 0.923em;
    }
    .tall tr.next,
    .tall tr:has(> td:only-child) {
      display: flex;
    }
    .tall tr.next > td:last-child {
      flex: 1;
    }
  }
  @container (max-width: 35em) {
    .form.header {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
    .form.header > .field.w1 {
      grid-column: span 1 !important;
    }
  }
  @media (forced-colors: active) {
    .way.on {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
