/** Addresses of the portal: everything behind `#/`, so that it can be served from any folder. */

export interface Route {
  readonly name: string;
  /** The record's id, for pages of one record. */
  readonly id?: string;
}

const patterns: readonly (readonly [RegExp, string])[] = [
  [/^lots$/, 'lots'],
  [/^lots\/new$/, 'lot-new'],
  [/^lots\/(.+)$/, 'lot'],
  [/^serials$/, 'serials'],
  [/^serials\/(.+)$/, 'serial'],
  [/^postings$/, 'postings'],
  [/^postings\/new$/, 'posting-new'],
  [/^postings\/(.+)$/, 'posting'],
  [/^import$/, 'import'],
  [/^elements$/, 'elements'],
  [/^elements\/(.+)$/, 'element'],
  [/^embedding$/, 'embedding'],
  [/^settings$/, 'settings'],
];

/** Where the portal begins. */
export const home = '#/lots';

/** The route of an address; `missing` for one that leads nowhere, undefined for one that is not ours. */
export function routeOf(hash: string): Route | undefined {
  if (hash === '' || hash === '#' || hash === '#/') return { name: 'lots' };
  if (!hash.startsWith('#/')) return undefined;
  const path = hash.slice(2).replace(/\/$/, '');
  for (const [pattern, name] of patterns) {
    const found = pattern.exec(path);
    if (found?.[1] !== undefined) return { name, id: decode(found[1]) };
    if (found) return { name };
  }
  return { name: 'missing' };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const folders = { lot: 'lots', serial: 'serials', posting: 'postings' } as const;

/** The address of a record. */
export const addressOf = (kind: keyof typeof folders, id: string): string =>
  `#/${folders[kind]}/${encodeURIComponent(id)}`;
