/**
 * Own icons, 16 by 16, drawn in the text's colour. They are hidden from assistive technology: the word
 * beside an icon, or its button's label, is the name. Those that point somewhere mirror in right-to-left.
 */
import { html, type SVGTemplateResult, svg, type TemplateResult } from 'lit';

const octagon = svg`<path d="M5.4 1.8h5.2l3.6 3.6v5.2l-3.6 3.6H5.4l-3.6-3.6V5.4z"/>`;

const paths = {
  ok: svg`<circle cx="8" cy="8" r="6.2"/><path d="m5.3 8.2 1.9 1.9 3.6-4"/>`,
  notice: svg`<path d="M8 1.6 14.4 8 8 14.4 1.6 8z"/><path d="M8 5.2v3.4M8 10.7v.1"/>`,
  warn: svg`<path d="M8 2 14.6 13.6H1.4z"/><path d="M8 6.4v3.3M8 11.6v.1"/>`,
  danger: svg`${octagon}<path d="M5 8h6"/>`,
  expired: svg`${octagon}<path d="M8 4.8V8l2.2 1.6"/>`,
  neutral: svg`<rect x="2.2" y="2.2" width="11.6" height="11.6" rx="2.4" stroke-dasharray="2.6 1.9"/>`,
  search: svg`<circle cx="7" cy="7" r="4.6"/><path d="m10.5 10.5 3.6 3.6"/>`,
  scan: svg`<path d="M2 5V2.5h2.5M11.5 2.5H14V5M14 11v2.5h-2.5M4.5 13.5H2V11M5 5.5v5M7.2 5.5v5M9 5.5v5M11 5.5v5"/>`,
  plus: svg`<path d="M8 3v10M3 8h10"/>`,
  minus: svg`<path d="M3.5 8h9"/>`,
  x: svg`<path d="m4 4 8 8M12 4l-8 8"/>`,
  check: svg`<path d="m3 8.4 3.2 3.2L13 4.8"/>`,
  chev: svg`<path d="m4.5 6.3 3.5 3.5 3.5-3.5"/>`,
  right: svg`<path d="m6.3 4.5 3.5 3.5-3.5 3.5"/>`,
  left: svg`<path d="M9.7 4.5 6.2 8l3.5 3.5"/>`,
  start: svg`<path d="M11.2 4.5 7.7 8l3.5 3.5M4.8 4.5v7"/>`,
  end: svg`<path d="M4.8 4.5 8.3 8l-3.5 3.5M11.2 4.5v7"/>`,
  asc: svg`<path d="M8 12.5v-9M4.6 6.9 8 3.5l3.4 3.4"/>`,
  desc: svg`<path d="M8 3.5v9M4.6 9.1 8 12.5l3.4-3.4"/>`,
  more: svg`<path d="M3.2 8h.1M8 8h.1M12.7 8h.1" stroke-width="2.2"/>`,
  grip: svg`<path d="M6 4h.1M10 4h.1M6 8h.1M10 8h.1M6 12h.1M10 12h.1" stroke-width="2.1"/>`,
  lock: svg`<rect x="3.2" y="7" width="9.6" height="6.8" rx="1.2"/><path d="M5.2 7V5a2.8 2.8 0 0 1 5.6 0v2"/>`,
  print: svg`<path d="M4.5 6V2.2h7V6M4.5 11.8h-2V6.6h11v5.2h-2"/><path d="M4.5 9.6h7v4.2h-7z"/>`,
  down: svg`<path d="M8 2.5v8M4.8 7.4 8 10.6l3.2-3.2M2.8 13.5h10.4"/>`,
  cols: svg`<rect x="2" y="2.8" width="12" height="10.4" rx="1.2"/><path d="M6 2.8v10.4M10 2.8v10.4"/>`,
  cal: svg`<rect x="2.2" y="3.2" width="11.6" height="10.6" rx="1.2"/><path d="M2.2 6.6h11.6M5.4 1.8v2.6M10.6 1.8v2.6"/>`,
  clock: svg`<circle cx="8" cy="8" r="6.2"/><path d="M8 4.6V8l2.4 1.6"/>`,
  refresh: svg`<path d="M13.2 8a5.2 5.2 0 1 1-1.6-3.8M13.4 2.2v3h-3"/>`,
  off: svg`<path d="M2 2l12 12M4.2 7.4A6.5 6.5 0 0 1 6.6 6M11.8 7.4A6.4 6.4 0 0 0 9.2 5.9M6.3 9.8a3.2 3.2 0 0 1 3.4 0M8 12.4v.1"/>`,
  tree: svg`<circle cx="3.5" cy="8" r="1.7"/><circle cx="12.5" cy="3.6" r="1.7"/><circle cx="12.5" cy="12.4" r="1.7"/><path d="M5.2 8h2.3c1 0 .8-4.4 3.2-4.4M7.5 8c1 0 .8 4.4 3.2 4.4"/>`,
  open: svg`<path d="M7 3.5H3.5v9h9V9M9.5 2.5h4v4M13.2 2.8 7.6 8.4"/>`,
  box: svg`<path d="M8 1.9 13.7 5v6L8 14.1 2.3 11V5zM2.5 5.1 8 8l5.5-2.9M8 8v6"/>`,
  doc: svg`<path d="M4 1.9h5.2L12.2 5v9.1H4z"/><path d="M9 2v3.2h3M6 8.2h4.2M6 10.8h4.2"/>`,
  hash: svg`<path d="M6.2 2.5 4.8 13.5M11.2 2.5 9.8 13.5M2.8 5.8h10.8M2.4 10.2h10.8"/>`,
  board: svg`<path d="M2.5 13.5V8.2h2.6v5.3M6.7 13.5V2.5h2.6v11M10.9 13.5V5.8h2.6v7.7"/>`,
  gear: svg`<circle cx="8" cy="8" r="2.2"/><path d="M8 1.8v2M8 12.2v2M1.8 8h2M12.2 8h2M3.6 3.6 5 5M11 11l1.4 1.4M12.4 3.6 11 5M5 11l-1.4 1.4"/>`,
} satisfies Record<string, SVGTemplateResult>;

export type IconName = keyof typeof paths;

const directional: ReadonlySet<IconName> = new Set(['left', 'right', 'start', 'end']);

/** An icon by name. */
export function icon(name: IconName): TemplateResult {
  return html`<svg class=${directional.has(name) ? 'i flip' : 'i'} viewBox="0 0 16 16" aria-hidden="true">${paths[name]}</svg>`;
}

/** The large drawing of an empty or failed list. */
export function glyph(name: 'empty' | 'failed'): TemplateResult {
  const drawing =
    name === 'failed'
      ? svg`<path d="M10 14 22 6h20l12 8v20l-12 8H22l-12-8z"/><path d="M32 15v11M32 32v.2" stroke-width="2.4"/>`
      : svg`<rect x="6" y="5" width="52" height="36" rx="2"/><path d="M6 14h52M18 5v36"/><path d="M24 23h8M38 23h12M24 31h14" stroke-dasharray="4 3"/>`;
  return html`<svg class="glyph ${name}" viewBox="0 0 64 48" aria-hidden="true">${drawing}</svg>`;
}
