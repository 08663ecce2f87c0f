/** The custom attributes of items as fields: columns nobody had to write. */
import type { Item } from '../../core.ts';
import type { AnyExtension, FieldExtension, FieldType } from '../../extensions/types.ts';

type Attributed = { readonly id: string; readonly attributes?: Readonly<Record<string, unknown>> };
type Schema = NonNullable<Item['attributeSchema']>[number];

const types: Readonly<Record<string, FieldType>> = {
  number: 'number',
  date: 'date',
  boolean: 'flag',
};

function field({ key, label, type, choices }: Schema): FieldExtension<Attributed> {
  return {
    key: `attributes.${key}`,
    label: label ?? key,
    type: types[type] ?? 'text',
    value: ({ attributes }) => attributes?.[key] ?? null,
    sort: `attributes.${key}`,
    filter: `attributes.${key}`,
    hidden: true,
    ...(choices ? { choices: choices.map((value) => ({ value, label: value })) } : {}),
  };
}

/** The attributes of these items as an extension of their lots or serials; the same one while they are the same. */
export class AttributeFields {
  #key = '';
  #extension: AnyExtension | undefined;

  of(items: Iterable<Item>, on: 'lot' | 'serial'): AnyExtension | undefined {
    const found = new Map<string, Schema>();
    for (const { attributeSchema } of items) {
      for (const each of attributeSchema ?? []) {
        if (each.on === undefined || each.on === 'both' || each.on === on) found.set(each.key, each);
      }
    }
    const key = JSON.stringify([...found.values()]);
    if (key === this.#key) return this.#extension;
    this.#key = key;
    const fields = [...found.values()].map(field);
    this.#extension =
      fields.length === 0 ? undefined : ({ id: 'attributes', on, fields } as unknown as AnyExtension);
    return this.#extension;
  }
}
