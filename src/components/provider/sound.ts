/** What a provider or an element can not be opened with, told before anything is opened, by a coded problem. */
import type { Ledger } from '../core.ts';
import { isZone } from '../i18n/format.ts';
import type { LedgerConfig } from './config.ts';

function wrong(path: string, expected: string): Error {
  const message = `${path} cannot be used; expected ${expected}.`;
  return Object.assign(new Error(message), {
    kind: 'invalid',
    code: 'field.type',
    path,
    details: { expected },
  });
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

/** Whether a value a host gave may be a ledger; one made by hand may be a part of one. */
export function isLedger(value: unknown): value is Ledger {
  if (!isObject(value)) return false;
  const { capabilities, lots, serials, postings } = value as Partial<Ledger>;
  return [capabilities, lots, serials, postings].some(isObject);
}

/** The problem of a `ledger` that is none. */
export const notALedger = (): Error =>
  wrong('ledger', 'a ledger in the property "ledger", as openLedger gives it');

/**
 * Why a provider cannot open; undefined where nothing is wrong.
 * @param broken the JSON child cannot be read
 */
export function problemOfConfig(config: LedgerConfig, given: unknown, broken: boolean): Error | undefined {
  if (given !== undefined && given !== null) return isLedger(given) ? undefined : notALedger();
  if (broken) return wrong('script', 'a JSON object in the <script type="application/json"> of lot-ledger');
  const { timeZone } = config;
  if (timeZone === undefined || isZone(timeZone)) return undefined;
  return wrong('timeZone', `an IANA time zone in the attribute time-zone, not "${timeZone}"`);
}
