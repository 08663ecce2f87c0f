/** How the portal speaks: its words, numbers and dates in one language. */
import { errorCatalogue, isLedgerError } from 'lotledger';
import type { Language } from './preferences.ts';
import { en, type Words } from './words.en.ts';
import { it } from './words.it.ts';

export type { Words };

const catalogues: Readonly<Record<Language, Words>> = { en, it };

export interface Speech {
  readonly language: Language;
  readonly words: Words;
  number(value: number): string;
  /** A quantity of the ledger, exactly as many decimals as it has. */
  quantity(value: string): string;
  /** A business date. */
  date(value: string | null): string;
  /** A moment. */
  time(value: string): string;
  /** The sentence of something that was thrown, or of an error's code. */
  problem(error: unknown): string;
  sentence(code: string, details: Readonly<Record<string, unknown>>, otherwise: string): string;
}

/** English as it is written beside metric units and 24 hours; Italian. */
const locales: Readonly<Record<Language, string>> = { en: 'en-GB', it: 'it-IT' };

export function speechOf(language: Language): Speech {
  const locale = locales[language];
  const number = new Intl.NumberFormat(locale, { useGrouping: 'always' });
  const exact = new Intl.NumberFormat(locale, { useGrouping: 'always', maximumFractionDigits: 6 });
  const day = new Intl.DateTimeFormat(locale, {
    day: '2-digit',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const words = catalogues[language];
  const sentence: Speech['sentence'] = (code, details, otherwise) =>
    Object.hasOwn(errorCatalogue, code)
      ? errorCatalogue[code as keyof typeof errorCatalogue].message(details)
      : otherwise;
  return {
    language,
    words,
    number: (value) => number.format(value),
    quantity: (value) => exact.format(value as `${number}`),
    date: (value) => (value === null ? words.none : day.format(new Date(`${value}T00:00:00Z`))),
    time: (value) => moment.format(new Date(value)),
    sentence,
    problem(error) {
      if (isLedgerError(error)) return sentence(error.code, error.details, error.message);
      return error instanceof Error ? error.message : String(error);
    },
  };
}
