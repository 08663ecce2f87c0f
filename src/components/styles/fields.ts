/** Native fields: text, choice, tick. */
import { type CSSResult, css } from 'lit';

export const fields: CSSResult = css`
  .in {
    display: flex;
    align-items: center;
    gap: 0.45em;
    inline-size: 100%;
    min-inline-size: 0;
    min-block-size: var(--_control);
    padding: 0 0.62em;
    border: 1px solid var(--_line-control);
    border-radius: var(--_radius);
    background: var(--_bg);
    color: var(--_text);
    white-space: nowrap;
  }
  textarea.in {
    display: block;
    padding-block: 0.4em;
    white-space: pre-wrap;
    resize: vertical;
    line-height: 1.4;
  }
  select.in {
    appearance: none;
    padding-inline-end: 2em;
    text-overflow: ellipsis;
  }
  .select {
    position: relative;
    display: flex;
    min-inline-size: 0;
    inline-size: 100%;
  }
  .select > .i {
    position: absolute;
    inset-inline-end: 0.62em;
    inset-block-start: calc(50% - 0.54em);
    color: var(--_text-muted);
    pointer-events: none;
  }
  .box > input {
    flex: 1;
    min-inline-size: 0;
    inline-size: 100%;
    padding: 0;
    border: 0;
    background: none;
    outline: none;
    align-self: stretch;
  }
  .box > input::-webkit-search-cancel-button {
    display: none;
  }
  .in::placeholder,
  .box > input::placeholder {
    color: var(--_text-faint);
    opacity: 1;
  }
  .in:focus-visible,
  .box:focus-within {
    outline: none;
    border-color: var(--_focus);
    box-shadow: 0 0 0 1px var(--_focus);
  }
  .box > .i {
    color: var(--_text-muted);
  }
  .in[aria-invalid='true'],
  .box:has(> input[aria-invalid='true']) {
    border-color: var(--_danger-solid);
    box-shadow: inset 0 0 0 1px var(--_danger-solid);
  }
  .in:read-only:not(select, .box),
  .in:disabled,
  .box:has(> input:is([readonly], :disabled)) {
    border-color: transparent;
    background: var(--_bg-sunken);
    color: var(--_text);
    opacity: 1;
  }
  /* Numbers run their own way, and their last digits stand at the right in every language. */
  .in.num,
  .box.num > input {
    direction: ltr;
    text-align: right;
  }
  .lot[dir='rtl'] .box:not(.num) > input {
    unicode-bidi: plaintext;
    text-align: right;
  }
  .box > .btn {
    min-block-size: 1.8em;
    inline-size: 1.8em;
    padding: 0;
    margin-inline-end: -0.35em;
  }
  .check {
    appearance: none;
    inline-size: 1.15em;
    block-size: 1.15em;
    border: 1px solid var(--_line-control);
    border-radius: 3px;
    background: var(--_bg);
    display: inline-grid;
    place-items: center;
    flex: none;
    vertical-align: -0.2em;
    cursor: pointer;
  }
  .check[aria-invalid='true'] {
    border-color: var(--_danger-solid);
    box-shadow: inset 0 0 0 1px var(--_danger-solid);
  }
  .check:checked,
  .check:indeterminate {
    background: var(--_accent);
    border-color: var(--_accent);
  }
  .check:checked::before {
    content: '';
    inline-size: 0.62em;
    block-size: 0.3em;
    border: solid var(--_on-accent);
    border-width: 0 0 0.15em 0.15em;
    transform: translateY(-0.06em) rotate(-45deg);
  }
  .check:indeterminate::before {
    content: '';
    inline-size: 0.6em;
    border-block-start: 0.16em solid var(--_on-accent);
  }
  .tick {
    display: flex;
    align-items: center;
    gap: 0.55em;
    min-block-size: var(--_control);
  }
  @media (pointer: coarse) {
    .in,
    .tick {
      min-block-size: 44px;
    }
    .in,
    .box > input {
      font-size: max(16px, 1em);
    }
  }
  @media (forced-colors: active) {
    .check:checked,
    .check:indeterminate {
      forced-color-adjust: none;
      background: Highlight;
      border-color: Highlight;
    }
    .check:checked::before,
    .check:indeterminate::before {
      border-color: HighlightText;
    }
    .in[aria-invalid='true'],
    .check[aria-invalid='true'],
    .box:has(> input[aria-invalid='true']) {
      border-width: 2px;
    }
    .in:focus-visible,
    .box:focus-within {
      outline: 2px solid CanvasText;
    }
  }
`;
