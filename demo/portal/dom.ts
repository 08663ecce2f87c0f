/** Making elements without markup in strings, so that the portal keeps to a strict security policy. */

export type Child = Node | string | number | false | null | undefined | readonly Child[];
type Value = string | number | boolean | null | undefined | ((event: Event) => void);
export type Attributes = Readonly<Record<string, Value>>;

function append(parent: ParentNode, children: readonly Child[]): void {
  for (const child of children) {
    if (Array.isArray(child)) append(parent, child);
    else if (child instanceof Node) parent.append(child);
    else if (typeof child === 'string' || typeof child === 'number') parent.append(String(child));
  }
}

function assign(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, String(value));
    }
  }
}

/**
 * An element with attributes, listeners (values that are functions, by event name) and children.
 * @example h('button', { type: 'button', click: save }, 'Save')
 */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  assign(element, attributes);
  append(element, children);
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';

const paths = {
  lots: 'M8 1.9 13.7 5v6L8 14.1 2.3 11V5zM2.5 5.1 8 8l5.5-2.9M8 8v6',
  serials: 'M6.2 2.5 4.8 13.5M11.2 2.5 9.8 13.5M2.8 5.8h10.8M2.4 10.2h10.8',
  postings: 'M4 1.9h5.2L12.2 5v9.1H4zM9 2v3.2h3M6 8.2h4.2M6 10.8h4.2',
  post: 'M3 5.5h8.5M8.8 2.8l2.7 2.7-2.7 2.7M13 10.5H4.5M7.2 7.8l-2.7 2.7 2.7 2.7',
  plus: 'M8 3v10M3 8h10',
  import: 'M8 2.5v8M4.8 7.4 8 10.6l3.2-3.2M2.8 13.5h10.4',
  settings:
    'M8 5.8a2.2 2.2 0 1 1 0 4.4 2.2 2.2 0 0 1 0-4.4M8 1.8v2M8 12.2v2M1.8 8h2M12.2 8h2M3.6 3.6 5 5M11 11l1.4 1.4M12.4 3.6 11 5M5 11l-1.4 1.4',
  elements: 'M5.6 4.2 2 8l3.6 3.8M10.4 4.2 14 8l-3.6 3.8M9 2.6 7 13.4',
  guide:
    'M2.2 3.2c2-.9 4-.9 5.8.4 1.8-1.3 3.8-1.3 5.8-.4v9.6c-2-.9-4-.9-5.8.4-1.8-1.3-3.8-1.3-5.8-.4zM8 3.6v9.6',
  copy: 'M6 5.4h7.4v8.2H6zM3.4 10.6V2.4h7',
  sun: 'M8 5.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6M8 1.4v1.4M8 13.2v1.4M1.4 8h1.4M13.2 8h1.4M3.3 3.3l1 1M11.7 11.7l1 1M12.7 3.3l-1 1M4.3 11.7l-1 1',
  moon: 'M13.6 9.6A6 6 0 0 1 6.4 2.4a6 6 0 1 0 7.2 7.2z',
  menu: 'M2.5 4.2h11M2.5 8h11M2.5 11.8h11',
  close: 'm4 4 8 8M12 4l-8 8',
  ok: 'M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8M5.3 8.2l1.9 1.9 3.6-4',
  again: 'M13.2 8a5.2 5.2 0 1 1-1.6-3.8M13.4 2.2v3h-3',
  danger: 'M5.4 1.8h5.2l3.6 3.6v5.2l-3.6 3.6H5.4l-3.6-3.6V5.4zM8 4.8v3.6M8 10.9v.1',
  warn: 'M8 2 14.6 13.6H1.4zM8 6.4v3.3M8 11.6v.1',
  left: 'M9.7 4.5 6.2 8l3.5 3.5',
  right: 'm6.3 4.5 3.5 3.5-3.5 3.5',
  chevron: 'm4.5 6.3 3.5 3.5 3.5-3.5',
  leave: 'M9.5 2.5h-6v11h6M6.5 8h7M11 5.5 13.5 8 11 10.5',
  store:
    'M2.4 4c0-1.1 2.5-2 5.6-2s5.6.9 5.6 2-2.5 2-5.6 2-5.6-.9-5.6-2zM2.4 4v8c0 1.1 2.5 2 5.6 2s5.6-.9 5.6-2V4M2.4 8c0 1.1 2.5 2 5.6 2s5.6-.9 5.6-2',
  file: 'M4 1.9h5.2L12.2 5v9.1H4zM9 2v3.2h3M8 12V7.4M6.2 9.2 8 7.4l1.8 1.8',
} as const;

export type IconName = keyof typeof paths;

/** A drawing of 16 by 16 in the colour of the text; the word beside it, or the label, is its name. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', paths[name]);
  svg.append(path);
  return svg;
}

/** The company's mark. */
export function mark(): SVGSVGElement {
  const svg = icon('right');
  svg.setAttribute('class', 'mark');
  svg.setAttribute('viewBox', '0 0 32 24');
  svg.firstElementChild?.setAttribute('d', 'M4 20V4l12 16V4m5 0 5 8-5 8M16 4l10 8-10 8');
  return svg;
}
