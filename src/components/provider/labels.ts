/**
 * A host's own texts over the catalogue's: for all languages or by language, the provider's first, then the
 * element's. Only what is said is replaced.
 */
import type { Message, MessageKey } from '../i18n/catalogue.ts';
import type { Labels } from './types.ts';

type Texts = Partial<Record<MessageKey, Message>>;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isMessage = (value: unknown): value is Message =>
  typeof value === 'string' || (isObject(value) && typeof value.other === 'string');

/** `it` and `it-CH` for `it-CH`, the wider first, so that the narrower wins. */
const tagsOf = (locale: string): readonly string[] => {
  const parts = locale.toLowerCase().split('-');
  return parts.map((_, i) => parts.slice(0, i + 1).join('-'));
};

/** The texts of one `labels` for a language, and what in it is no text. */
function textsOf(labels: Labels, locale: string, wrong: (key: string) => void): Texts {
  const everywhere: Record<string, Message> = {};
  const byTag = new Map<string, unknown>();
  for (const [key, value] of Object.entries(labels)) {
    if (value === undefined || value === null) continue;
    if (isMessage(value)) everywhere[key] = value;
    else if (isObject(value)) byTag.set(key.toLowerCase(), value);
    else wrong(key);
  }
  const texts = { ...everywhere };
  for (const tag of tagsOf(locale)) {
    for (const [key, value] of Object.entries(byTag.get(tag) ?? {})) {
      if (isMessage(value)) texts[key] = value;
      else wrong(`${tag}.${key}`);
    }
  }
  return texts as Texts;
}

/**
 * All texts a host has said for a language.
 * @param layers the outermost provider's labels first, the element's own last
 * @param wrong hears the key of what is no text
 */
export function labelsFor(
  layers: readonly (Labels | undefined)[],
  locale: string,
  wrong: (key: string) => void = () => {},
): Texts {
  const all: Texts = {};
  for (const labels of layers) {
    if (labels === undefined || labels === null) continue;
    if (isObject(labels)) Object.assign(all, textsOf(labels as Labels, locale, wrong));
    else wrong('labels');
  }
  return all;
}
