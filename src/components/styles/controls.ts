/** Buttons, links, chips and the toolbar. */
import { type CSSResult, css } from 'lit';

export const controls: CSSResult = css`
  button,
  input,
  select,
  textarea {
    font: inherit;
    color: inherit;
    font-variant-numeric: inherit;
    letter-spacing: inherit;
    margin: 0;
  }
  a,
  .link {
    color: var(--_accent);
    text-decoration: none;
  }
  a:hover,
  .link:hover {
    text-decoration: underline;
  }
  button.link {
    border: 0;
    padding: 0;
    background: none;
    cursor: pointer;
    text-align: start;
  }
  .btn {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.46em;
    min-block-size: var(--_control);
    padding: 0 0.85em;
    border: 1px solid var(--_line-strong);
    border-radius: var(--_radius);
    background: var(--_bg-raised);
    color: var(--_text);
    font-weight: 500;
    white-space: nowrap;
    cursor: pointer;
    position: relative;
    overflow: hidden;
    text-decoration: none;
  }
  .btn:hover {
    background: var(--_bg-hover);
  }
  .btn.primary {
    background: var(--_primary);
    border-color: var(--_primary);
    color: var(--_on-primary);
  }
  .btn.primary:hover {
    background: var(--_primary-hover);
  }
  .btn.quiet {
    border-color: transparent;
    background: none;
    color: var(--_text-muted);
  }
  .btn.quiet:hover {
    background: var(--_bg-hover);
  }
  .btn.danger {
    color: var(--_danger-text);
    border-color: var(--_danger-line);
  }
  .btn.danger.filled {
    background: var(--_danger-solid);
    border-color: var(--_danger-solid);
    color: light-dark(#ffffff, #12171d);
  }
  .btn[aria-pressed='true'] {
    background: var(--_bg-selected);
    border-color: var(--_accent);
  }
  .btn.icon {
    padding: 0;
    inline-size: var(--_control);
  }
  .btn:disabled,
  .btn[aria-disabled='true'] {
    background: var(--_neutral-bg);
    border-color: var(--_neutral-line);
    color: var(--_text-muted);
    cursor: default;
  }
  .btn[aria-busy='true']::before {
    content: '';
    position: absolute;
    inset-block-start: 0;
    inset-inline: 0;
    block-size: 2px;
    background: linear-gradient(90deg, transparent, currentColor, transparent) 0 0 / 40% 100% no-repeat;
    animation: sweep 1.2s linear infinite;
  }
  @keyframes sweep {
    from {
      background-position: -60% 0;
    }
    to {
      background-position: 160% 0;
    }
  }
  .kbd {
    font: inherit;
    font-size: 0.846em;
    line-height: 1.45;
    padding: 0 0.36em;
    border: 1px solid var(--_line-strong);
    border-block-end-width: 2px;
    border-radius: 3px;
    color: var(--_text-faint);
    background: var(--_bg);
  }
  .btn.primary .kbd {
    background: none;
    border-color: color-mix(in srgb, var(--_on-primary) 40%, transparent);
    color: inherit;
  }
  .btn[aria-disabled='true'] .kbd {
    border-color: var(--_neutral-line);
  }
  .bar {
    display: flex;
    align-items: center;
    gap: 0.62em;
    padding: 0.77em 0.92em;
    min-inline-size: 0;
  }
  .bar .title {
    font-size: 1.31em;
    line-height: 1.2;
    margin: 0;
    font-weight: 600;
    letter-spacing: -0.012em;
  }
  .bar .count {
    color: var(--_text-muted);
    white-space: nowrap;
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 0.46em;
    align-items: center;
    padding: 0 0.92em 0.77em;
    min-inline-size: 0;
  }
  .chip {
    display: inline-flex;
    align-items: center;
    gap: 0.46em;
    min-block-size: 2.08em;
    padding: 0 0.77em;
    border: 1px solid var(--_line-strong);
    border-radius: 99px;
    background: var(--_bg);
    white-space: nowrap;
    font-weight: 500;
    color: var(--_text-muted);
    cursor: pointer;
  }
  .chip:hover {
    background: var(--_bg-hover);
  }
  .chip b {
    font-weight: 500;
    color: var(--_text-faint);
  }
  .chip[aria-pressed='true'] {
    background: var(--_bg-selected);
    border-color: var(--_accent);
    color: var(--_text);
  }
  .chip[aria-pressed='true'] b {
    color: var(--_text-muted);
  }
  .vr {
    inline-size: 1px;
    block-size: 1.4em;
    background: var(--_line-strong);
    flex: none;
  }
  @media (pointer: coarse) {
    .btn,
    .chip {
      min-block-size: 44px;
    }
    .btn.icon {
      inline-size: 44px;
    }
  }
  @media (forced-colors: active) {
    .btn.primary {
      forced-color-adjust: none;
      background: ButtonText;
      color: ButtonFace;
      border-color: ButtonText;
    }
    .btn:disabled,
    .btn[aria-disabled='true'] {
      forced-color-adjust: none;
      background: ButtonFace;
      border-color: GrayText;
      color: GrayText;
    }
    .btn[aria-pressed='true'],
    .chip[aria-pressed='true'] {
      outline: 2px solid Highlight;
      outline-offset: -1px;
    }
  }
`;
