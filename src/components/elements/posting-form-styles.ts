/** The styles of a posting's form beyond the shared ones. */
import { type CSSResult, css } from 'lit';

export const postingFormStyles: CSSResult = css`
  .with {
    display: inline-flex;
    align-items: center;
    gap: 0.4em;
  }
  .whole {
    display: contents;
  }
  .form.header {
    padding-block-start: 0;
  }
  .banner + .form.header {
    padding-block-start: 0.92em;
  }
  .said-place {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 0.4em;
    min-block-size: var(--_control);
  }
  tr.sel + tr.because > td {
    background: var(--_bg-selected);
  }
  .wide {
    overflow-x: auto;
    border-block-start: 1px solid var(--_line-strong);
  }
  td .in {
    min-block-size: 1.95em;
  }
  td .in.code {
    min-block-size: calc(1.95em / 0.955);
  }
  td.lead,
  th.lead {
    inline-size: 2.5em;
    padding-inline-end: 0.3em;
  }
  td.qty {
    inline-size: 9em;
    min-inline-size: 6.5em;
  }
  td.unit-cell {
    inline-size: 6em;
  }
  td.place {
    inline-size: 15em;
    min-inline-size: 9em;
  }
  td.alloc {
    inline-size: 15em;
  }
  td.state-cell {
    inline-size: 11em;
  }
  td.date {
    inline-size: 9em;
    min-inline-size: 8em;
  }
  td.item {
    min-inline-size: 12em;
  }
  td .variant {
    display: inline-block;
    inline-size: 11em;
    margin-inline-start: 0.6em;
    vertical-align: middle;
  }
  .cell {
    min-inline-size: 5em;
  }
  .given {
    display: flex;
    align-items: center;
    gap: 0.7em;
  }
  .given .stock {
    inline-size: 6em;
    flex: none;
  }
  tr.because > td {
    block-size: auto;
    padding-block: 0.1em 0.5em;
    white-space: normal;
  }
  tr:has(+ tr.because) > td {
    border-block-end-color: transparent;
  }
  tr.next > td {
    padding-block: 0.3em;
  }
  .entry {
    max-inline-size: 26em;
  }
  .entry > label {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
  .entry .in {
    min-block-size: 1.95em;
  }
  .split {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    border-block-start: 3px solid var(--_line-strong);
  }
  .split.two {
    grid-template-columns: minmax(0, 1fr) 25em;
  }
  .side {
    border-inline-start: 1px solid var(--_line-strong);
    background: var(--_bg-sunken);
    min-inline-size: 0;
  }
  .bar {
    flex-wrap: wrap;
  }
  .bar .heading {
    margin: 0;
    flex-wrap: wrap;
  }
  .meter {
    padding: 0 0.92em 0.7em;
  }
  .meter > .stock {
    block-size: 8px;
  }
  .meter .counts {
    display: flex;
    flex-wrap: wrap;
    gap: 0.2em 1.6em;
    margin-block-start: 0.35em;
  }
  .meter b {
    font-weight: 600;
  }
  tr.skip > td,
  tr.skip .code {
    color: var(--_text-muted);
  }
  table.tall td {
    block-size: 2.9em;
  }
  td.why {
    white-space: normal;
    line-height: 1.3;
    font-size: 0.96em;
    min-inline-size: 12em;
  }
  .in.flat {
    justify-content: flex-end;
    border-color: transparent;
    background: var(--_bg-sunken);
  }
  .ways {
    display: inline-flex;
    border: 1px solid var(--_line-strong);
    border-radius: var(--_radius);
    overflow: hidden;
  }
  .way {
    display: inline-flex;
    align-items: center;
    min-block-size: calc(var(--_control) - 2px);
    padding: 0 0.77em;
    font-weight: 500;
    color: var(--_text-muted);
    cursor: pointer;
    position: relative;
  }
  .way + .way {
    border-inline-start: 1px solid var(--_line-strong);
  }
  .way.on {
    color: var(--_text);
    background: var(--_bg-selected);
    box-shadow: inset 0 -2px 0 var(--_accent);
  }
  .way input {
    position: absolute;
    inset: 0;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }
  .way:focus-within {
    outline: 2px solid var(--_focus);
    outline-offset: -2px;
  }
  .quietly p {
    margin: 0 0 0.4em;
    display: flex;
    gap: 0.4em;
    align-items: center;
  }
  .give {
    display: grid;
    gap: 0.62em;
    padding-block: 0 0.62em;
  }
  .range {
    display: grid;
    grid-template-columns: 1fr 1fr auto;
    gap: 0.46em;
  }
  .tags {
    display: flex;
    flex-wrap: wrap;
    gap: 0.3em 0.8em;
  }
  .verdicts {
    list-style: none;
    margin: 0;
    padding: 0;
    border-block-start: 1px solid var(--_line);
    max-block-size: 22em;
    overflow: auto;
  }
  .verdicts li {
    display: flex;
    gap: 0.6em;
    align-items: flex-start;
    padding: 0.42em 0.92em;
    border-block-end: 1px solid var(--_line);
  }
  .verdicts .n {
    min-inline-size: 2.2em;
    text-align: end;
  }
  .verdicts .v {
    margin-inline-start: auto;
    align-items: flex-start;
    color: var(--_text-muted);
    max-inline-size: 14em;
  }
  .verdicts .v .i {
    margin-block-start: 0.15em;
    color: var(--_ok-solid);
  }
  .v-warn,
  .v-danger {
    background: var(--_bg);
  }
  .verdicts .v-warn .v,
  .verdicts .v-warn .i {
    color: var(--_warn-text);
  }
  .verdicts .v-danger .v,
  .verdicts .v-danger .i {
    color: var(--_danger-text);
  }
  .acts3 {
    display: flex;
    flex-wrap: wrap;
    gap: 0.46em;
  }
`;
