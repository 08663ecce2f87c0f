/**
 * How texts are kept and filled. A message is plain data: a sentence with `{names}`, or one sentence per
 * plural form of `{n}`. A part in square brackets is left out when a name in it has no value. Because
 * messages are data, a host overrides single ones by key through the `labels` property.
 */
import type { ErrorCode } from '../core.ts';
import type { en } from './en.ts';

/** One sentence per plural category of `Intl.PluralRules`; `other` always. */
export interface Plural {
  readonly zero?: string;
  readonly one?: string;
  readonly two?: string;
  readonly few?: string;
  readonly many?: string;
  readonly other: string;
}

/** A text with `{names}`, or one per plural form. */
export type Message = string | Plural;

/** Every key a screen may ask for; the English catalogue is the source. */
export type MessageKey = keyof typeof en;
/** All texts of a language, by key. */
export type Messages = Readonly<Record<MessageKey, Message>>;
export type ErrorMessages = Readonly<Record<ErrorCode, string>>;

/** Texts of one language. */
export interface Catalogue {
  readonly messages: Messages;
  readonly errors: ErrorMessages;
}

export type Values = Readonly<Record<string, string | number | null | undefined>>;

const placeholder = /\{(\w+)\}/g;
const optional = /\[([^[\]]*)\]/g;

const present = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

/**
 * Fills a sentence. Values are ready to be read: numbers and dates are formatted before.
 *
 * @example fill('Lot {code}[, short by {n}]', { code: 'A1' }) // 'Lot A1'
 */
export function fill(sentence: string, values: Values): string {
  const kept = sentence.replace(optional, (_, inner: string) => {
    const names = [...inner.matchAll(placeholder)].map((match) => match[1] ?? '');
    return names.every((name) => present(values[name])) ? inner : '';
  });
  const filled = kept.replace(placeholder, (_, name: string) => String(values[name] ?? ''));
  return filled.replace(/ {2,}/g, ' ').replace(/ ([.,;])/g, '$1');
}

/** The sentence of a message for a count, by the language's own plural rules. */
export function choose(message: Message, n: number | undefined, rules: Intl.PluralRules): string {
  if (typeof message === 'string') return message;
  if (n === undefined) return message.other;
  return message[rules.select(n)] ?? message.other;
}
