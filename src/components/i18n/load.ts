/**
 * The catalogues at hand. English is always there; others are fetched when first asked for, or registered
 * by the host, so that a page pays only for what it speaks.
 */
import type { Catalogue } from './catalogue.ts';
import { en } from './en.ts';
import { errorsEn } from './errors.en.ts';

const english: Catalogue = { messages: en, errors: errorsEn };
const known = new Map<string, Catalogue>([['en', english]]);
/** Languages that did not arrive: the page speaks English instead, and does not ask again and again. */
const missing = new Set<string>();

const loaders: Readonly<Record<string, () => Promise<Catalogue>>> = {
  it: async () => {
    const [{ it }, { errorsIt }] = await Promise.all([import('./it.ts'), import('./errors.it.ts')]);
    return { messages: it, errors: errorsIt };
  },
};

/**
 * Adds or replaces the texts of a language, whole or in part; what is missing stays English.
 *
 * @example registerCatalogue('de', { messages: { 'lots.title': 'Chargen' } });
 */
export function registerCatalogue(
  locale: string,
  catalogue: { messages?: Partial<Catalogue['messages']>; errors?: Partial<Catalogue['errors']> },
): void {
  const base = known.get(locale) ?? english;
  known.set(locale, {
    messages: { ...base.messages, ...catalogue.messages },
    errors: { ...base.errors, ...catalogue.errors },
  });
}

const candidates = (locale: string): readonly string[] => [locale, locale.split('-')[0] ?? locale];

/** The texts of a language if they are at hand. */
export function catalogueNow(locale: string): Catalogue | undefined {
  for (const tag of candidates(locale)) {
    const found = known.get(tag);
    if (found !== undefined) return found;
    if (tag in loaders && !missing.has(tag)) return undefined;
  }
  return english;
}

/** The texts of a language, fetched when needed; English where there are none or they do not arrive. */
export async function loadCatalogue(locale: string): Promise<Catalogue> {
  const now = catalogueNow(locale);
  if (now !== undefined) return now;
  const tag = candidates(locale).find((candidate) => candidate in loaders) ?? 'en';
  const load = loaders[tag];
  try {
    const catalogue = load === undefined ? english : await load();
    known.set(tag, catalogue);
    return catalogue;
  } catch {
    missing.add(tag);
    return english;
  }
}
