/** One text for one value: JSON with the names of every object in order, so that its hash means the value. */

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((name) => [name, sorted((value as Record<string, unknown>)[name])]));
}

/**
 * Canonical JSON of a plain value.
 * @example canonicalText({ b: 1, a: [2] }) // '{"a":[2],"b":1}'
 */
export const canonicalText = (value: unknown): string => JSON.stringify(sorted(value));
