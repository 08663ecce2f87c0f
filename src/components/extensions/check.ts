/**
 * Whether what a host gave has the shape of an extension. A piece that has not is left out with a word in the
 * console; the others stay.
 */
import { warnOnce } from '../warn.ts';
import type { ActionExtension, AnyExtension, FieldChoice, FieldExtension, TabExtension } from './types.ts';

type Shape = Readonly<Record<string, readonly string[]>>;

/** Of each member the types it may have; a question mark where it may be missing. */
const fieldShape: Shape = {
  key: ['string'],
  label: ['string', 'function'],
  type: ['string'],
  value: ['function', '?'],
  format: ['function', '?'],
  render: ['function', '?'],
  check: ['function', '?'],
  choices: ['array', '?'],
};
const actionShape: Shape = {
  id: ['string'],
  label: ['string', 'function'],
  scope: ['string', 'array'],
  run: ['function'],
  when: ['function', '?'],
};
const choiceShape: Shape = { value: ['string'], label: ['string', 'function'] };
const tabShape: Shape = {
  id: ['string'],
  label: ['string', 'function'],
  when: ['function', '?'],
  count: ['function', '?'],
  render: ['function', '?'],
};
const types: ReadonlySet<unknown> = new Set([
  'text',
  'code',
  'quantity',
  'number',
  'date',
  'instant',
  'flag',
]);

/** Pieces of one list that are told one by one. */
const MOST_TOLD = 10;

const typeOf = (value: unknown): string => {
  if (value === undefined || value === null) return '?';
  return Array.isArray(value) ? 'array' : typeof value;
};

/** What is wrong with a value, as a few words; undefined where nothing is. */
function problemOf(value: unknown, shape: Shape): string | undefined {
  if (typeOf(value) !== 'object') return 'is no object';
  for (const [name, allowed] of Object.entries(shape)) {
    const member = (value as Record<string, unknown>)[name];
    if (allowed.includes(typeOf(member)) && member !== '') continue;
    return `needs "${name}" to be ${allowed.filter((type) => type !== '?').join(' or ')}`;
  }
  return undefined;
}

/** The good ones of a list; the others are told. */
function good<T>(element: Element, where: string, list: unknown, shape: Shape): readonly T[] {
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list)) {
    warnOnce(element, `${where} is no array.`);
    return [];
  }
  let wrong = 0;
  const found = list.filter((piece, i) => {
    const problem = problemOf(piece, shape);
    if (problem !== undefined && ++wrong <= MOST_TOLD) warnOnce(element, `${where}[${i}] ${problem}.`);
    return problem === undefined;
  }) as T[];
  if (wrong > MOST_TOLD) warnOnce(element, `${where}: ${wrong} pieces in all cannot be used.`);
  return found;
}

/** The fields of an extension that can be used. */
export function goodFields(element: Element, { id, fields }: AnyExtension): FieldExtension<never, never>[] {
  const where = `extension "${id}": fields`;
  const shaped = good<FieldExtension<never, never>>(element, where, fields, fieldShape).filter(
    ({ key, type }) => {
      if (types.has(type)) return true;
      warnOnce(element, `${where}: "${key}" has the type "${type}"; there are ${[...types].join(', ')}.`);
      return false;
    },
  );
  return shaped.map((field) => {
    if (!field.choices) return field;
    const choices = good<FieldChoice>(
      element,
      `${where}: choices of "${field.key}"`,
      field.choices,
      choiceShape,
    );
    return choices.length === field.choices.length ? field : { ...field, choices };
  });
}

/** The actions of an extension that can be used. */
export const goodActions = (element: Element, { id, actions }: AnyExtension) =>
  good<ActionExtension<never>>(element, `extension "${id}": actions`, actions, actionShape);

/** The tabs of an extension that can be used. */
export const goodTabs = (element: Element, { id, tabs }: AnyExtension) =>
  good<TabExtension<never>>(element, `extension "${id}": tabs`, tabs, tabShape);

const kinds: ReadonlySet<unknown> = new Set(['lot', 'serial', 'posting']);

/** The extensions of a list that can be used. */
export function goodExtensions(element: Element, list: unknown): readonly AnyExtension[] {
  const shape: Shape = { id: ['string'], on: ['string'], load: ['function', '?'] };
  return good<AnyExtension>(element, 'extensions', list, shape).filter(({ id, on }) => {
    if (kinds.has(on)) return true;
    warnOnce(element, `extension "${id}" is on "${on}"; there are ${[...kinds].join(', ')}.`);
    return false;
  });
}
