/** Copies for callers: what a question answers belongs to whoever asked, never to the store. */

/**
 * A copy of a plain value. Records nest little and hold short lists, so this is far cheaper than
 * `structuredClone`.
 */
export function own<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(own) as T;
  const copy = { ...value } as Record<string, unknown>;
  for (const name of Object.keys(copy)) {
    const part = copy[name];
    if (typeof part === 'object' && part !== null) copy[name] = own(part);
  }
  return copy as T;
}
