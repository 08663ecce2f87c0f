/**
 * The building blocks of every input schema, and how a schema's complaint becomes a coded error. zod runs
 * without `eval`, so the library works under a strict content security policy.
 */
import * as z from 'zod/mini';
import { type ErrorCode, errorCatalogue } from '../ports/catalogue.ts';
import { LedgerError } from '../ports/errors.ts';
import { isIsoDate, limits, QUANTITY, quantityProblem, textProblem } from './texts.ts';

export { isIsoDate, limits, quantityProblem, textProblem } from './texts.ts';

z.config({ jitless: true });

/** What a check holds, as members of a JSON Schema: the check itself is a function, and tells nobody. */
const says = (json: Readonly<Record<string, unknown>>) => ({ params: { says: json } });

function checked(max: number, required: boolean, multiline: boolean) {
  return z.string().check(
    z.check(
      (payload) => {
        const text = payload.value as string;
        const raise = (code: ErrorCode): void => {
          payload.issues.push({ code: 'custom', input: text, params: { code, max }, path: [] });
        };
        if (required && text.trim() === '') raise('field.required');
        else {
          const problem = textProblem(text, max, multiline);
          if (problem) raise(problem);
        }
      },
      says({ maxLength: max, ...(required ? { pattern: '\\S' } : {}) }),
    ),
    z.overwrite((text) => (required ? (text as string).trim() : text)),
  );
}

/** A code of ours or the host's: trimmed, not empty, at most 50 characters. */
export const code = () => checked(limits.code, true, false);
/** A short text that may be empty. */
export const text = (max: number = limits.description) => checked(max, false, false);
/** A text that may have line breaks and tabs. */
export const note = (max: number = limits.note) => checked(max, false, true);

/** A calendar date. */
export const isoDate = () =>
  z.string().check(z.refine((value) => isIsoDate(value), { params: { code: 'date.invalid' }, abort: true }));

/** A whole number within bounds. */
export const whole = (min: number, max: number) =>
  z.number().check(
    z.refine((value) => Number.isInteger(value) && value >= min && value <= max && !Object.is(value, -0), {
      params: { code: 'field.range', min, max },
    }),
  );

/** A question for one record by its id. */
export const byId = z.strictObject({ id: z.string() });

/** A field that may be left out, or cleared with null. */
export const maybe = <T extends z.ZodMiniType>(schema: T) => z.optional(z.nullable(schema));

/** A quantity at the boundary: a decimal string, or an exact number. Comes out as a string. */
export const quantity = () =>
  z.pipe(
    z.union([z.string(), z.number()]).check(
      z.check(
        (payload) => {
          const problem = quantityProblem(payload.value as string | number);
          if (problem)
            payload.issues.push({
              code: 'custom',
              input: payload.value,
              params: { code: problem },
              path: [],
            });
        },
        says({ pattern: QUANTITY.source, maxLength: 40, minimum: 0 }),
      ),
    ),
    z.transform((value) => String(value)),
  );

/** Any number; minus zero, which JSON cannot keep, is zero. */
const number = () => z.number().check(z.overwrite((value) => (value === 0 ? 0 : (value as number))));

/** A value a host attaches to a record: scalars and short lists under plain names. */
export const attributes = () =>
  z.record(
    checked(limits.code, true, false),
    z.union([note(), number(), z.boolean(), z.null(), z.array(note())]),
  );

interface Issue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly input?: unknown;
  readonly message?: string;
  readonly params?: Record<string, unknown> | undefined;
  readonly expected?: string;
  readonly maximum?: unknown;
  readonly keys?: readonly string[];
  readonly errors?: readonly (readonly Issue[])[];
}

/** A path as `lines[0].lots[1].quantity`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) =>
      typeof key === 'number' ? `${text}[${key}]` : text ? `${text}.${String(key)}` : String(key),
    '',
  );
}

function problemOf(issue: Issue): {
  code: ErrorCode;
  path: readonly PropertyKey[];
  details: Record<string, unknown>;
} {
  const { path } = issue;
  if (issue.params && typeof issue.params.code === 'string') {
    const { code: found, ...details } = issue.params;
    return { code: found as ErrorCode, path, details };
  }
  if (issue.message && issue.message in errorCatalogue) {
    return {
      code: issue.message as ErrorCode,
      path,
      details: 'maximum' in issue ? { max: issue.maximum } : {},
    };
  }
  if (issue.code === 'unrecognized_keys') {
    const name = issue.keys?.[0] ?? '';
    return { code: 'field.unknown', path: [...path, name], details: { name } };
  }
  if (issue.code === 'invalid_union') {
    // the branch that got furthest says best what is wrong
    const deepest = (issue.errors ?? [])
      .flat()
      .reduce<Issue | undefined>(
        (best, each) => (!best || each.path.length > best.path.length ? each : best),
        undefined,
      );
    if (deepest && deepest.path.length > 0) {
      const inner = problemOf(deepest);
      return { ...inner, path: [...path, ...inner.path] };
    }
  }
  // a list that is too short or too long says so, not that it is none
  if (Array.isArray(issue.input) && issue.code === 'too_small')
    return { code: 'field.required', path, details: {} };
  if (Array.isArray(issue.input) && issue.code === 'too_big')
    return { code: 'limit.lines', path, details: { max: issue.maximum } };
  const absent = issue.input === undefined && issue.code !== 'custom';
  return {
    code: absent ? 'field.required' : 'field.type',
    path,
    details: issue.expected ? { expected: issue.expected } : {},
  };
}

/**
 * Reads an input through a schema.
 * @throws LedgerError of kind `invalid` for the first thing wrong, with the path of the field.
 */
export function read<T extends z.ZodMiniType>(schema: T, input: unknown): z.infer<T> {
  const result = z.safeParse(schema, input, { reportInput: true });
  if (result.success) return result.data;
  const found = problemOf(result.error.issues[0] as unknown as Issue);
  throw new LedgerError(found.code, { path: pathText(found.path), details: found.details });
}
