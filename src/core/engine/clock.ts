/** Time as the engine gives it to decisions: what is recorded, and which day it is in the ledger's zone. */
import { todayIn } from '../rules/calendar.ts';

export interface Clock {
  /** Now, as an ISO instant in UTC. */
  at(): string;
  /** Today in the ledger's time zone. */
  today(): string;
  /** The day of an instant in the ledger's time zone. */
  dayOf(at: string): string;
}

/**
 * @param now the real clock by default; tests give their own
 * @param timeZone IANA name; the machine's own zone when absent
 */
export function clock(now: () => Date = () => new Date(), timeZone?: string): Clock {
  return {
    at: () => now().toISOString(),
    today: () => todayIn(timeZone, now()),
    dayOf: (at) => todayIn(timeZone, new Date(at)),
  };
}
