/** Labelled fields, forms, tabs, dialogs and the list a field opens. */
import { type CSSResult, css } from 'lit';

export const forms: CSSResult = css`
  .field {
    display: flex;
    flex-direction: column;
    gap: 0.3em;
    min-inline-size: 0;
    position: relative;
  }
  .field > label,
  .field > .label,
  .lab {
    font-size: 0.923em;
    color: var(--_text-muted);
    font-weight: 500;
  }
  .req {
    color: var(--_danger-text);
  }
  .help {
    font-size: 0.923em;
    color: var(--_text-faint);
  }
  .err {
    font-size: 0.923em;
    color: var(--_danger-text);
    display: flex;
    gap: 0.35em;
    align-items: flex-start;
  }
  .err .i {
    margin-block-start: 0.15em;
  }
  .form {
    display: grid;
    grid-template-columns: repeat(6, minmax(0, 1fr));
    gap: 0.92em;
    padding: 0.92em;
    align-items: start;
  }
  .form > .w1 {
    grid-column: span 1;
  }
  .form > .field,
  .form > .w2 {
    grid-column: span 2;
  }
  .form > .w3 {
    grid-column: span 3;
  }
  .form > .w6 {
    grid-column: 1 / -1;
  }
  @container (max-width: 55em) {
    .form {
      grid-template-columns: repeat(3, minmax(0, 1fr));
    }
    .form > .field,
    .form > .w1,
    .form > .w2 {
      grid-column: span 1;
    }
    .form > .w3,
    .form > .w6 {
      grid-column: 1 / -1;
    }
  }
  @container (max-width: 35em) {
    .form {
      grid-template-columns: minmax(0, 1fr);
    }
    .form > * {
      grid-column: 1 / -1 !important;
    }
  }
  .acts {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.62em;
    padding: 0.77em 0.92em;
    border-block-start: 1px solid var(--_line-strong);
    background: var(--_bg-sunken);
  }
  .tabs {
    display: flex;
    gap: 0.15em;
    padding: 0 0.6em;
    border-block-end: 1px solid var(--_line-strong);
    overflow-x: auto;
    scrollbar-width: none;
  }
  .tab {
    padding: 0.62em 0.77em 0.55em;
    border: 0;
    border-block-end: 2px solid transparent;
    background: none;
    color: var(--_text-muted);
    font-weight: 500;
    display: inline-flex;
    gap: 0.4em;
    white-space: nowrap;
    cursor: pointer;
  }
  .tab:focus-visible {
    outline-offset: -2px;
  }
  .tab b {
    font-weight: 500;
    color: var(--_text-faint);
  }
  .tab:hover {
    color: var(--_text);
  }
  .tab[aria-selected='true'] {
    color: var(--_text);
    border-block-end-color: var(--_accent);
  }
  .options {
    max-block-size: 22em;
    list-style: none;
  }
  .option {
    display: flex;
    gap: 0.5em;
    align-items: baseline;
    padding: 0.3em 0.5em;
    border-radius: 3px;
    cursor: pointer;
    white-space: nowrap;
  }
  .option .aside {
    margin-inline-start: auto;
    color: var(--_text-muted);
    padding-inline-start: 1em;
  }
  .option[aria-selected='true'] {
    background: var(--_bg-selected);
    outline: 1px solid var(--_accent);
    outline-offset: -1px;
  }
  .option[aria-disabled='true'] {
    color: var(--_text-muted);
    cursor: default;
  }
  .options .hint {
    padding: 0.3em 0.5em;
    color: var(--_text-muted);
  }
  dialog {
    padding: 0;
    border: 1px solid var(--_line-strong);
    border-radius: var(--_radius-large);
    background: var(--_bg);
    color: var(--_text);
    box-shadow: var(--_shadow);
    inline-size: min(34em, calc(100% - 2em));
  }
  dialog::backdrop {
    background: light-dark(#17212d59, #0009);
  }
  dialog .inner {
    display: grid;
    gap: 0.92em;
    padding: 0.92em;
  }
  dialog .title {
    margin: 0;
    font-size: 1.31em;
    font-weight: 600;
    letter-spacing: -0.012em;
  }
  dialog p {
    margin: 0;
  }
  @media (forced-colors: active) {
    .option[aria-selected='true'] {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
    .option[aria-selected='true'] * {
      color: inherit;
    }
    .tab {
      border-block-end-color: Canvas;
    }
    .tab[aria-selected='true'] {
      border-block-end-color: Highlight;
    }
  }
`;
