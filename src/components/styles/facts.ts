/** Header facts of a record, its sections and its lists of names and values. */
import { type CSSResult, css } from 'lit';

export const facts: CSSResult = css`
  .facts {
    display: flex;
    flex-wrap: wrap;
    row-gap: 0.62em;
    padding: 0 0.92em 0.92em;
    margin: 0;
  }
  .fact {
    padding-inline: 1.4em;
    border-inline-start: 1px solid var(--_line);
    min-inline-size: 0;
  }
  .fact:first-child {
    padding-inline-start: 0;
    border: 0;
  }
  .fact .k {
    color: var(--_text-muted);
    font-size: 0.923em;
    margin: 0;
  }
  .fact .v {
    margin: 0;
    font-size: 1.38em;
    font-weight: 600;
    letter-spacing: -0.01em;
    line-height: 1.3;
    white-space: nowrap;
  }
  .fact .v small {
    font-size: 0.7em;
    font-weight: 400;
    color: var(--_text-faint);
    letter-spacing: 0;
  }
  .fact .v.n {
    font-size: 1em;
    font-weight: 500;
    line-height: 1.8;
  }
  .sec {
    padding: 0.92em;
  }
  .sec > .title,
  .heading {
    font-size: 1em;
    font-weight: 600;
    margin: 0 0 0.5em;
    display: flex;
    gap: 0.5em;
    align-items: baseline;
  }
  .heading .muted {
    font-weight: 400;
  }
  .kv {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 0.28em 1em;
    margin: 0;
  }
  .kv dt {
    color: var(--_text-muted);
  }
  .kv dd {
    margin: 0;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
`;
