/**
 * A provider without a line of script: its attributes, and a JSON child for all that is data. Attributes and
 * properties win; the child may come late and may change.
 */
import type { Density } from '../core.ts';
import { warnOnce } from '../warn.ts';
import type { Can, Labels, Links } from './types.ts';

/** What the attributes, or the JSON script child, say. */
export interface LedgerConfig {
  /** `memory`, `indexeddb`, `rest`, or what `registerAdapter` added. */
  readonly adapter?: string;
  /** The database of `indexeddb`; providers of one name share one ledger. */
  readonly name?: string;
  readonly url?: string;
  readonly credentials?: 'omit' | 'same-origin' | 'include';
  /** Name of the page's `<meta>` that carries the token against forged requests, and the header it goes into. */
  readonly csrfMeta?: string;
  readonly csrfHeader?: string;
  readonly actor?: string;
  readonly timeZone?: string;
  /** `off`: elements do not hear of changes. Other words are the adapter's: `poll` of `rest`. */
  readonly feed?: string;
  readonly permissions?: readonly string[];
  readonly locale?: string;
  readonly density?: Density;
  readonly labels?: Labels;
  readonly links?: Links;
  readonly can?: Can;
}

const isText = (value: unknown): boolean => typeof value === 'string';
const isRecord = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isOneOf =
  (...words: string[]) =>
  (value: unknown): boolean =>
    typeof value === 'string' && words.includes(value);

/** Every key there is, and whether a value can be used. */
const checks: { readonly [K in keyof Required<LedgerConfig>]: (value: unknown) => boolean } = {
  adapter: isText,
  name: isText,
  url: isText,
  credentials: isOneOf('omit', 'same-origin', 'include'),
  csrfMeta: isText,
  csrfHeader: isText,
  actor: isText,
  timeZone: isText,
  feed: isText,
  permissions: (value) => Array.isArray(value) && value.every(isText),
  locale: isText,
  density: isOneOf('compact', 'regular', 'comfortable'),
  labels: isRecord,
  links: isRecord,
  can: (value) => isRecord(value) || typeof value === 'function',
};

const isKey = (name: string): name is keyof LedgerConfig => Object.hasOwn(checks, name);

/** `time-zone` is `timeZone`, as in attributes. */
const camel = (name: string): string =>
  name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** The values that can be used; the others are told once. */
export function goodConfig(element: Element, values: Readonly<Record<string, unknown>>): LedgerConfig {
  const config: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    const key = camel(name);
    if (value === undefined || value === null || value === '') continue;
    if (!isKey(key)) warnOnce(element, `its configuration has no "${name}".`);
    else if (!checks[key](value)) warnOnce(element, `its ${name} cannot be ${JSON.stringify(value)}.`);
    else config[key] = value;
  }
  return config;
}

const SCRIPT = ':scope > script[type="application/json"]';

/** What the JSON child of a provider says; nothing where there is none, undefined where it cannot be read. */
export function configOfChild(element: Element): LedgerConfig | undefined {
  const text = element.querySelector(SCRIPT)?.textContent ?? '';
  if (text.trim() === '') return {};
  try {
    const written: unknown = JSON.parse(text);
    if (isRecord(written)) return goodConfig(element, written as Record<string, unknown>);
    warnOnce(element, 'its JSON configuration is no object.');
  } catch (error) {
    // a page that still comes in may have brought a part of it
    if (element.ownerDocument.readyState !== 'loading')
      warnOnce(element, `its JSON configuration cannot be read: ${String(error)}`);
  }
  return undefined;
}

/** Hears when the JSON child comes, goes or is written anew. Returns the way to stop. */
export function watchChild(element: Element, changed: () => void): () => void {
  const observer = new MutationObserver(() => {
    look();
    changed();
  });
  const look = (): void => {
    observer.disconnect();
    observer.observe(element, { childList: true });
    const script = element.querySelector(SCRIPT);
    if (script) observer.observe(script, { childList: true, characterData: true, subtree: true });
  };
  look();
  return () => observer.disconnect();
}

/** What decides which ledger is meant: providers that agree in it share one, if it has a name of its own. */
export function engineKey(config: LedgerConfig): string | undefined {
  const { adapter, name, url, actor, timeZone, permissions, credentials, csrfMeta, csrfHeader, feed } =
    config;
  if (name === undefined && url === undefined && adapter !== 'indexeddb') return undefined;
  const how = [permissions, credentials, csrfMeta, csrfHeader, feed === 'off' ? undefined : feed];
  return JSON.stringify([adapter, name, url, actor, timeZone, ...how]);
}

/** Everything that, when it changes, means another ledger. */
export const sameLedger = (a: LedgerConfig, b: LedgerConfig): boolean =>
  a.adapter === b.adapter && engineKey({ name: '', ...a }) === engineKey({ name: '', ...b });
