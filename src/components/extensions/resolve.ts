/**
 * What an element offers of a kind of record: the built-in fields, actions and tabs, the provider's and the
 * element's own, merged by id and by key. What is built in is made of the same shapes.
 */
import type { RecordKind } from '../events.ts';
import type { Format } from '../i18n/format.ts';
import { warnOnce } from '../warn.ts';
import { goodActions, goodExtensions, goodFields, goodTabs } from './check.ts';
import { inOrder } from './order.ts';
import type {
  ActionExtension,
  AnyExtension,
  Extension,
  FieldExtension,
  Label,
  TabExtension,
} from './types.ts';

/** A field, and which extension's `load` gives its data. */
export type ResolvedField<R> = FieldExtension<R, unknown> & { readonly owner: string };

/** Everything there is of a kind of record, in its order. */
export interface Resolved<R> {
  readonly fields: readonly ResolvedField<R>[];
  readonly actions: readonly ActionExtension<R>[];
  readonly tabs: readonly TabExtension<R>[];
  /** Extensions that fetch data of their own. */
  readonly loads: readonly (Extension<R, unknown> & { readonly load: NonNullable<Extension<R>['load']> })[];
}

/** The extensions of a kind, each id once: a later layer's takes an earlier's place. */
function merged(element: Element, kind: RecordKind, layers: readonly unknown[]): readonly AnyExtension[] {
  const all = layers.flatMap((layer) => goodExtensions(element, layer));
  return inOrder(all.filter(({ on }) => on === kind).map((piece) => ({ piece, key: piece.id })));
}

/** The fields a host chose, in its order; those it did not choose are not there. */
function chosen<F extends { readonly key: string }>(
  element: Element,
  fields: readonly F[],
  keys: unknown,
): readonly F[] {
  if (keys === undefined || keys === null) return fields;
  if (!Array.isArray(keys)) {
    warnOnce(element, 'fields is no array of keys.');
    return fields;
  }
  const byKey = new Map(fields.map((field) => [field.key, field]));
  const unknown = keys.filter((key) => !byKey.has(key));
  if (unknown.length > 0) {
    warnOnce(
      element,
      `fields: there is no ${unknown.join(', ')}; there are ${[...byKey.keys()].join(', ')}.`,
    );
  }
  return [...new Set(keys)].flatMap((key) => byKey.get(key) ?? []);
}

/**
 * Merges what is built in with what the provider and the element add.
 * @param layers built-in, provider's, element's: later ones win
 * @param keys the element's `fields`: which ones, in which order
 * @example resolveExtensions<Lot>(this, 'lot', [[lotExtension], provided.extensions, this.extensions], this.fields)
 */
export function resolveExtensions<R>(
  element: Element,
  kind: RecordKind,
  layers: readonly unknown[],
  keys?: unknown,
): Resolved<R> {
  const extensions = merged(element, kind, layers);
  const fields = extensions.flatMap((extension) =>
    goodFields(element, extension).map((field) => {
      const piece = { ...field, owner: extension.id } as unknown as ResolvedField<R>;
      return { piece, key: field.key, before: field.before };
    }),
  );
  const actions = extensions.flatMap((extension) =>
    goodActions(element, extension).map((piece) => ({ piece, key: piece.id })),
  );
  const tabs = extensions.flatMap((extension) =>
    goodTabs(element, extension).map((piece) => ({ piece, key: piece.id, after: piece.after })),
  );
  return {
    fields: chosen(element, inOrder(fields), keys),
    actions: inOrder(actions) as unknown as readonly ActionExtension<R>[],
    tabs: inOrder(tabs) as unknown as readonly TabExtension<R>[],
    loads: extensions.filter(({ load }) => load !== undefined) as unknown as Resolved<R>['loads'],
  };
}

/** A label as the reader reads it: a function's answer, the text of a key, else the text itself. */
export function labelText(label: Label, format: Format): string {
  if (typeof label !== 'function') return format.has(label) ? format.text(label) : label;
  try {
    return String(label(format) ?? '');
  } catch (error) {
    console.error(error);
    return '';
  }
}
