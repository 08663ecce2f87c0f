/** The progressive of postings per warehouse and day (R125): numbers set by hand are stepped over. */
import type { IsoDate, PostingNumberRecord } from '../model/records.ts';
import { codeKey, US } from '../ports/keys.ts';

type Numbers = Pick<PostingNumberRecord, 'last' | 'byHand'>;

/** Id of the numbers of one warehouse and day. */
export const postingNumberId = (warehouse: string, date: IsoDate): string => codeKey(warehouse) + US + date;

/** The number the next posting gets by itself. */
export function nextPostingNumber(numbers: Numbers | undefined): number {
  let next = (numbers?.last ?? 0) + 1;
  while (numbers?.byHand.includes(next)) next++;
  return next;
}

/** Whether a number is taken: everything up to the last, and what was set by hand. */
export function isPostingNumberTaken(numbers: Numbers | undefined, number: number): boolean {
  return number <= (numbers?.last ?? 0) || (numbers?.byHand.includes(number) ?? false);
}

/** A posting's number as people read it: `2026/11/22-031`. */
export function postingNumberText(date: IsoDate, number: number): string {
  return `${date.replaceAll('-', '/')}-${String(number).padStart(3, '0')}`;
}
