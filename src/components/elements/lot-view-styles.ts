/** The styles of a lot's view beyond the shared ones. */
import { type CSSResult, css } from 'lit';

export const lotViewStyles: CSSResult = css`
  .head {
    flex-wrap: wrap;
    row-gap: 0.5em;
  }
  .display {
    font-size: 1.69em;
    font-weight: 600;
    letter-spacing: -0.03em;
    line-height: 1.25;
    margin: 0;
  }
  .head .acts2 {
    display: flex;
    flex-wrap: wrap;
    gap: 0.46em;
    margin-inline-start: auto;
  }
  .with {
    display: inline-flex;
    align-items: center;
    gap: 0.5em;
  }
  .fact .life {
    inline-size: 7em;
  }
  .fact small.t-warn {
    color: var(--_warn-text);
  }
  .fact small.t-danger {
    color: var(--_danger-text);
  }
  .t-notice {
    color: var(--_notice-text);
  }
  .held {
    display: block;
    white-space: normal;
    min-inline-size: 8em;
  }
  .fact .with .i {
    flex: none;
  }
  .panel {
    min-inline-size: 0;
  }
  .panel:focus-visible {
    outline-offset: -2px;
  }
  .cards3 {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 24em), 1fr));
  }
  .cards3 .kv {
    grid-template-columns: minmax(8em, auto) 1fr;
  }
  .cards3 small {
    color: var(--_text-faint);
  }
  .pre {
    white-space: pre-wrap;
  }
  .split {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 27em;
  }
  .split > .main:last-child {
    grid-column: 1 / -1;
  }
  .side {
    border-inline-start: 1px solid var(--_line-strong);
    background: var(--_bg-sunken);
    min-inline-size: 0;
  }
  .wide {
    overflow-x: auto;
    border-block-start: 1px solid var(--_line-strong);
  }
  .wide:focus-visible {
    outline-offset: -2px;
  }
  .bar .heading {
    margin: 0;
    flex-wrap: wrap;
  }
  .ruled {
    margin-block-start: 1.2em;
    border-block-start: 1px solid var(--_line-strong);
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 0.3em 1.2em;
  }
  .swatch {
    inline-size: 1.4em;
  }
  .swatch i {
    inline-size: 100%;
  }
  .swatch.out i {
    inline-size: 0;
  }
  td.in-group {
    padding-inline-start: 2.2em;
    inline-size: 6em;
  }
  tr.group > th {
    background: var(--_bg-sunken);
    font-weight: 600;
  }
  .plain {
    font-weight: 400;
  }
  .scale {
    min-inline-size: 9em;
    inline-size: 24%;
  }
  td.wrap {
    white-space: normal;
  }
  td.cut {
    max-inline-size: 16em;
  }
  .chart {
    inline-size: 100%;
    block-size: auto;
    overflow: visible;
  }
  .chart text {
    font-size: 11px;
    fill: var(--_text-muted);
  }
  .chart .hair {
    stroke: var(--_line);
    fill: none;
  }
  .chart .line {
    stroke: var(--_bar);
    stroke-width: 2;
    fill: none;
  }
  .chart .area {
    fill: var(--_bar);
    opacity: 0.12;
  }
  .chart .dot {
    fill: var(--_bar);
  }
  .lot[dir='rtl'] .chart {
    direction: ltr;
  }
  @container (max-width: 60em) {
    .split {
      grid-template-columns: minmax(0, 1fr);
    }
    .side {
      border-inline-start: 0;
      border-block-start: 1px solid var(--_line-strong);
    }
    .side .chart {
      max-inline-size: 32em;
    }
  }
  @container (max-width: 43em) {
    .head .acts2 {
      margin-inline-start: 0;
      inline-size: 100%;
    }
    .facts {
      display: grid;
      grid-template-columns: 1fr 1fr;
      gap: 0.62em;
    }
    .fact {
      padding: 0;
      border: 0;
    }
    .fact .v {
      white-space: normal;
    }
    .fact .life {
      inline-size: 4em;
    }
    td.in-group + td.muted {
      padding-inline: 0;
    }
    td.in-group + td.muted .place-name {
      display: none;
    }
    td.in-group {
      padding-inline-start: 1.4em;
    }
  }
`;
