/**
 * A host's routes as real links. A click asks the host first (`lot-open`, which can be prevented); a click
 * with a modifier, or of the middle button, is the browser's own.
 */
import { emit, type RecordDetail } from '../events.ts';
import { warnOnce } from '../warn.ts';
import type { Link, LinkKind, LinkRef, Links } from './types.ts';

const PLACEHOLDER = /\{(\w+)\}/g;
/** Schemes a link may have; a script is never one. */
const SAFE = new Set(['http:', 'https:', 'mailto:', 'tel:']);

function address(link: Link, ref: LinkRef): string | undefined {
  if (typeof link === 'function') return link(ref) ?? undefined;
  if (typeof link !== 'string') return undefined;
  const names = [...link.matchAll(PLACEHOLDER)].map(([, name = '']) => name);
  if (names.some((name) => !ref[name])) return undefined;
  return link.replace(PLACEHOLDER, (_, name: string) => encodeURIComponent(ref[name] ?? ''));
}

const scheme = (url: string): string => {
  try {
    return new URL(url, 'https://page.invalid').protocol;
  } catch {
    return '';
  }
};

/**
 * The address of a record, where the host has one; a template whose names have no value gives none.
 * @example hrefOf(element, { lot: '/lots/{code}' }, { kind: 'lot', id: 'x1', code: 'A 1' }) // '/lots/A%201'
 */
export function hrefOf(element: Element, links: Links | undefined, ref: LinkRef): string | undefined {
  const link = links?.[ref.kind];
  if (link === undefined || link === null) return undefined;
  try {
    const url = address(link, ref);
    if (url === undefined || url === '') return undefined;
    if (SAFE.has(scheme(url))) return url;
    warnOnce(element, `links.${ref.kind} gives an address that is not opened: ${url}`);
  } catch (error) {
    warnOnce(element, `links.${ref.kind} failed: ${String(error)}`);
  }
  return undefined;
}

/** A click that belongs to the browser: in a new tab, a new window, saved. */
export const isBrowsersClick = (event: MouseEvent): boolean =>
  event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;

const isRecord = (kind: LinkKind): kind is RecordDetail['kind'] =>
  kind === 'lot' || kind === 'serial' || kind === 'posting';

/**
 * What a click on a record's link or button does: asks the host, and follows the link unless the host took
 * over. Links to anything but records are simply followed.
 */
export function followLink(element: HTMLElement, event: MouseEvent, ref: LinkRef): void {
  if (isBrowsersClick(event) || !isRecord(ref.kind)) return;
  const { kind, id, code } = ref;
  if (!emit(element, 'lot-open', { kind, id, code })) event.preventDefault();
}
