/**
 * Colours, sizes and densities of every element. A public token (`--lot-accent`) is only ever read, with
 * our value as its fallback; what the parts use is the private copy (`--_accent`) on the inner wrapper, so
 * that nothing leaks out and a host's reset reaches nothing in here. Dark follows the host's own
 * `color-scheme` through `light-dark()`.
 */
import { type CSSResult, css, unsafeCSS } from 'lit';

type Pair = readonly [light: string, dark: string];

/** Every colour token: its value on light and on dark ground. */
export const colours: Readonly<Record<string, Pair>> = {
  /** Ground of an element. */
  bg: ['#ffffff', '#12171d'],
  /** Ground of header rows, filter rows, side panels and feet. */
  'bg-sunken': ['#f5f7f9', '#181e26'],
  /** Ground of buttons and menus. */
  'bg-raised': ['#ffffff', '#1d242d'],
  /** Ground under the pointer. */
  'bg-hover': ['#eef2f6', '#1e2630'],
  /** Ground of what is selected; a mark always stands beside it. */
  'bg-selected': ['#e6eefa', '#1b2c45'],
  /** Text. */
  text: ['#17212d', '#e4e9ef'],
  /** Text of second rank: labels, captions. */
  'text-muted': ['#4f5b6b', '#a7b2c0'],
  /** Units, zeros, placeholders. */
  'text-faint': ['#5f6b7a', '#8d99a8'],
  /** Hairlines between rows. */
  line: ['#e4e8ed', '#252d37'],
  /** Borders of regions and of labelled buttons. */
  'line-strong': ['#cdd4dc', '#36404c'],
  /** Borders of fields and checkboxes; needs 3:1 on the ground. */
  'line-control': ['#7b8694', '#6c7889'],
  /** Links, the sorted column, what is pressed. */
  accent: ['#1b5bb5', '#82b1f5'],
  /** Text on the accent. */
  'on-accent': ['#ffffff', '#0d1a2b'],
  /** The focus ring. */
  focus: ['#1b5bb5', '#82b1f5'],
  /** Ground of the one main button; set it to your brand. */
  primary: ['#1f2b3a', '#e4e9ef'],
  /** Text on the main button. */
  'on-primary': ['#ffffff', '#12171d'],
  /** Bars of amounts. */
  bar: ['#3f6fae', '#6f9ddb'],
  /** The reserved part of a bar. */
  'bar-soft': ['#b9cbe3', '#314766'],
  /** What a bar stands on. */
  track: ['#e4e8ed', '#2b343f'],
  /** Good news: text. Says how severe something is; not for brands. */
  'ok-text': ['#17643b', '#7fd3a0'],
  /** Good news: ground. Says how severe something is; not for brands. */
  'ok-bg': ['#e5f4ea', '#14301f'],
  /** Good news: mark. Says how severe something is; not for brands. */
  'ok-solid': ['#2a8a55', '#4fae78'],
  /** Good news: border. Says how severe something is; not for brands. */
  'ok-line': ['#b6dcc5', '#24523a'],
  /** Worth knowing: text. Says how severe something is; not for brands. */
  'notice-text': ['#5b3fa3', '#c3b3f7'],
  /** Worth knowing: ground. Says how severe something is; not for brands. */
  'notice-bg': ['#f0ebfb', '#282144'],
  /** Worth knowing: mark. Says how severe something is; not for brands. */
  'notice-solid': ['#7a5fc4', '#9a82e6'],
  /** Worth knowing: border. Says how severe something is; not for brands. */
  'notice-line': ['#d3c6f2', '#453a75'],
  /** A warning: text. Says how severe something is; not for brands. */
  'warn-text': ['#7c4700', '#f0bd6a'],
  /** A warning: ground. Says how severe something is; not for brands. */
  'warn-bg': ['#fcefd3', '#36280f'],
  /** A warning: mark. Says how severe something is; not for brands. */
  'warn-solid': ['#b26a00', '#d1912e'],
  /** A warning: border. Says how severe something is; not for brands. */
  'warn-line': ['#ecce93', '#604819'],
  /** An error or a block: text. Says how severe something is; not for brands. */
  'danger-text': ['#a3211b', '#ff9d94'],
  /** An error or a block: ground. Says how severe something is; not for brands. */
  'danger-bg': ['#fce9e7', '#3f1b1a'],
  /** An error or a block: mark. Says how severe something is; not for brands. */
  'danger-solid': ['#c8362e', '#e8645a'],
  /** An error or a block: border. Says how severe something is; not for brands. */
  'danger-line': ['#f0bfba', '#70302c'],
  /** Neither good nor bad: text. Says how severe something is; not for brands. */
  'neutral-text': ['#495463', '#b3bdc9'],
  /** Neither good nor bad: ground. Says how severe something is; not for brands. */
  'neutral-bg': ['#edf0f3', '#232b35'],
  /** Neither good nor bad: mark. Says how severe something is; not for brands. */
  'neutral-solid': ['#788393', '#7d8998'],
  /** Neither good nor bad: border. Says how severe something is; not for brands. */
  'neutral-line': ['#d3d9e0', '#3a4552'],
};

const declarations = Object.entries(colours)
  .map(([name, [light, dark]]) => `--_${name}:var(--lot-${name},light-dark(${light},${dark}));`)
  .join('');

/**
 * The wrapper's own look and every private token. First in the styles of each element.
 *
 * @cssprop --lot-shadow - Shadow of menus, dialogs and lists that open.
 * @cssprop --lot-radius - Corners of buttons and fields: 4px.
 * @cssprop --lot-radius-large - Corners of the element itself: 6px.
 * @cssprop --lot-font-code - Typeface of codes; `inherit` for the page's own.
 * @cssprop --lot-row - Height of a row: 2.17em, 2.55em or 3em by density.
 * @cssprop --lot-cell-x - Room beside the text of a cell.
 * @cssprop --lot-control - Height of buttons and fields.
 */
export const tokens: CSSResult = css`
  :host {
    display: block;
    min-inline-size: 0;
  }
  :host([hidden]) {
    display: none !important;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  .lot {
    ${unsafeCSS(declarations)}
    --_primary-hover: color-mix(in srgb, var(--_primary) 86%, var(--_bg));
    --_shadow: var(
      --lot-shadow,
      0 0 0 1px light-dark(#17212d0d, #ffffff14),
      0 6px 20px -4px light-dark(#17212d2e, #000c)
    );
    --_radius: var(--lot-radius, 4px);
    --_radius-large: var(--lot-radius-large, 6px);
    --_font-code: var(
      --lot-font-code,
      ui-monospace,
      'SF Mono',
      Menlo,
      Consolas,
      'DejaVu Sans Mono',
      monospace
    );
    --_row: var(--lot-row, 2.55em);
    --_cell-x: var(--lot-cell-x, 0.66em);
    --_control: var(--lot-control, 2.3em);
    --_head: 2.5em;
    --_motion: 120ms;
    font-size: max(12px, 0.8125em);
    line-height: 1.4;
    font-weight: 400;
    font-variant-numeric: tabular-nums;
    letter-spacing: normal;
    text-align: start;
    color: var(--_text);
    background: var(--_bg);
    border: 1px solid var(--_line-strong);
    border-radius: var(--_radius-large);
    overflow: hidden;
    display: flex;
    flex-direction: column;
    min-inline-size: 0;
    position: relative;
  }
  .lot.compact {
    --_row: var(--lot-row, 2.17em);
    --_cell-x: var(--lot-cell-x, 0.6em);
    --_control: var(--lot-control, 2.1em);
    --_head: 2.35em;
    font-size: max(12px, 0.75em);
  }
  .lot.comfortable {
    --_row: var(--lot-row, 3em);
    --_cell-x: var(--lot-cell-x, 0.8em);
    --_control: var(--lot-control, 2.6em);
    --_head: 2.7em;
    font-size: max(14px, 0.9375em);
  }
  .code {
    font-family: var(--_font-code);
    font-size: 0.955em;
    letter-spacing: -0.01em;
    white-space: nowrap;
  }
  .muted,
  .sub {
    color: var(--_text-muted);
  }
  .faint {
    color: var(--_text-faint);
  }
  .small {
    font-size: 0.923em;
  }
  .strong {
    font-weight: 600;
  }
  .medium {
    font-weight: 500;
  }
  .grow {
    flex: 1;
    min-inline-size: 0;
  }
  .nowrap {
    white-space: nowrap;
  }
  .cut {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .t-ok {
    color: var(--_ok-text);
  }
  .t-notice {
    color: var(--_notice-text);
  }
  .t-warn {
    color: var(--_warn-text);
  }
  .t-danger {
    color: var(--_danger-text);
  }
  .sr {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    padding: 0;
    border: 0;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  svg {
    display: block;
    flex: none;
  }
  .i {
    inline-size: 1.08em;
    block-size: 1.08em;
    stroke: currentColor;
    fill: none;
    stroke-width: 1.5;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  /* A text in another script than the layout's runs its own way. */
  .lot[dir='rtl'] :is(td:not(.num), dd, p, .d, .w, .count, .title, .help, .cut, .foots > span) {
    unicode-bidi: plaintext;
    text-align: right;
  }
  .lot[dir='rtl'] .flip {
    transform: scaleX(-1);
  }
  :focus-visible {
    outline: 2px solid var(--_focus);
    outline-offset: 2px;
  }
  :focus:not(:focus-visible) {
    outline: none;
  }
  @media (prefers-reduced-motion: reduce) {
    .lot,
    .lot * {
      animation: none !important;
      transition: none !important;
    }
  }
  @media (forced-colors: active) {
    :focus-visible {
      outline-color: CanvasText;
    }
  }
`;
