/** Business dates of the sample: plain `YYYY-MM-DD`, counted back from the day it was made. */

const DAY = 86_400_000;

/** The date a number of days after another one. */
export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);

/** 0 on a Sunday, 6 on a Saturday. */
export const weekday = (date: string): number => new Date(`${date}T00:00:00Z`).getUTCDay();

/** The date on this machine's own clock. */
export const localDate = (time: Date): string =>
  [time.getFullYear(), time.getMonth() + 1, time.getDate()]
    .map((part, i) => String(part).padStart(i === 0 ? 4 : 2, '0'))
    .join('-');

/** A moment of a date, on this machine's own clock. */
export const momentOf = (date: string, hour: number, minute = 0): Date => {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return new Date(year, month - 1, day, hour, minute);
};
