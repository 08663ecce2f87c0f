/** The interface of one element as tables, from the manifest. */
import type { ElementEntry } from '../../scripts/manifest.mjs';
import { type Child, h } from '../portal/dom.ts';
import { inline } from '../portal/markdown.ts';
import type { Words } from '../portal/speech.ts';
import { type TableColumn, table } from './parts.ts';

type Texts = Words['developers'];
type Row = readonly string[];

const code = (text: string): Child => (text === '' ? '' : h('code', {}, text));
const meaning = (text: string): Child => h('span', { lang: 'en' }, inline(text));

/** A table whose last column is in words and whose others are code; nothing where there are no rows. */
function part(title: string, heads: readonly string[], rows: readonly Row[]): Child {
  if (rows.length === 0) return null;
  const last = heads.length - 1;
  const columns: TableColumn<Row>[] = heads.map((head, i) => ({
    head,
    cell: (row) => (i === last ? meaning(row[i] ?? '') : code(row[i] ?? '')),
  }));
  return [h('h3', {}, title), table(title, columns, rows)];
}

const typeText = (type: { readonly text: string } | undefined): string =>
  (type?.text ?? '').replace(/ \| undefined$/, '');

const callText = ({ name, parameters = [] }: ElementEntry['members'][number]): string =>
  `${name}(${parameters.map((one) => one.name.replace(/^_/, '')).join(', ')})`;

/** Every table of an element. */
export function apiTables(element: ElementEntry, texts: Texts): Child[] {
  const { heads } = texts;
  const fields = element.members.filter(({ kind }) => kind === 'field');
  const named = (list: readonly { name: string; description: string }[]): Row[] =>
    list.map(({ name, description }) => [name, description]);
  return [
    part(
      texts.properties,
      [heads.property, heads.attribute, heads.type, heads.default, heads.meaning],
      fields
        .filter(({ readonly }) => !readonly)
        .map((field) => [
          field.name,
          field.attribute ?? '',
          typeText(field.type),
          field.default === 'undefined' ? '' : (field.default ?? ''),
          field.description,
        ]),
    ),
    part(
      texts.reads,
      [heads.property, heads.type, heads.meaning],
      fields
        .filter(({ readonly }) => readonly)
        .map(({ name, type, description }) => [name, typeText(type), description]),
    ),
    part(
      texts.methods,
      [heads.method, heads.gives, heads.meaning],
      element.members
        .filter(({ kind }) => kind === 'method')
        .map((one) => [callText(one), one.return?.type.text ?? '', one.description]),
    ),
    part(
      texts.sent,
      [heads.event, heads.detail, heads.preventable, heads.meaning],
      element.events.map(({ name, type, cancelable, description }) => [
        name,
        /^CustomEvent<(.*)>$/s.exec(type.text)?.[1] ?? '',
        cancelable ? texts.yes : '',
        description,
      ]),
    ),
    part(texts.slots, [heads.name, heads.meaning], named(element.slots)),
    part(texts.parts, [heads.name, heads.meaning], named(element.cssParts)),
    part(texts.states, [heads.name, heads.meaning], named(element.cssStates)),
    part(
      texts.tokens,
      [heads.name, heads.light, heads.meaning],
      element.cssProperties.map((one) => [one.name, one.default ?? '', one.description]),
    ),
  ];
}
