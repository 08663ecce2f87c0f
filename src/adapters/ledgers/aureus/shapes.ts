/** The records of Aureus as far as they are needed; a relation is there only where it was asked for. */
import type { Row } from './pages.ts';

/** A relation of a record: null where it is empty, undefined where it was not asked for. */
export function relation(row: Row, name: string): Row | null | undefined {
  const value = row[name];
  if (value === null || value === undefined) return value;
  return typeof value === 'object' && !Array.isArray(value) ? (value as Row) : null;
}

/** Relations that are many. */
export function relations(row: Row, name: string): readonly Row[] {
  const value = row[name];
  return Array.isArray(value) ? value.filter((each) => typeof each === 'object' && each !== null) : [];
}

/** An id as text; `''` where there is none. */
export const idText = (value: unknown): string =>
  typeof value === 'number' || typeof value === 'string' ? String(value) : '';

/** A text that is not empty, or null. */
export const textOr = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

/** Whether a text can be an id of Aureus, whose ids are numbers. */
export const isId = (text: unknown): text is string =>
  typeof text === 'string' && /^[1-9]\d{0,17}$/.test(text);

/** The two ways Aureus tracks a product, by what they are here. */
export const trackings = { lots: 'lot', serials: 'serial' } as const;
export type Kind = keyof typeof trackings;

/** Words of a kind: in error codes and permissions. */
export const words = { lots: 'lot', serials: 'serial' } as const;
