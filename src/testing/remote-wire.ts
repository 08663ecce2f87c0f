/**
 * What a wire does to a message: it arrives as JSON, shares no object with the sender, and carries plain data
 * only. What JSON would silently change is told at once, with the place it stands.
 */

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

/** Why a value cannot be JSON, or undefined. Absent fields are left out by JSON, which is fine. */
function fault(value: unknown): string | undefined {
  switch (typeof value) {
    case 'function':
    case 'symbol':
    case 'bigint':
      return `a ${typeof value}`;
    case 'number':
      return Number.isFinite(value) ? undefined : String(value);
    case 'object':
      if (value === null || Array.isArray(value) || isPlain(value)) return undefined;
      return `a ${value.constructor?.name ?? 'class instance'}`;
    default:
      return undefined;
  }
}

function check(value: unknown, what: string): void {
  const wrong = fault(value);
  if (wrong !== undefined) throw new TypeError(`${what} is ${wrong}; only plain data goes over a wire.`);
  if (Array.isArray(value)) {
    for (const [i, each] of value.entries()) check(each, `${what}[${i}]`);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, each] of Object.entries(value)) check(each, `${what}.${key}`);
  }
}

/**
 * A message as it arrives at the other end.
 * @param what names the message in an error: `lots.list`
 * @throws TypeError when it holds what JSON cannot carry: functions, dates, maps, NaN, class instances
 */
export function overTheWire<T>(value: T, what: string): T {
  if (value === undefined) return value;
  check(value, what);
  return JSON.parse(JSON.stringify(value)) as T;
}
