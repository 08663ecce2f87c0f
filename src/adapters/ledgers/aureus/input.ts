/** What a command says, checked; what Aureus could not keep is refused, never dropped. */
import { type Command, LedgerError } from '../../../core/index.ts';
import { editable } from './capabilities.ts';
import { fieldsOf } from './question.ts';

/** Fields of a lot or serial that Aureus has no place for, or lets nobody write. */
const elsewhere = [
  'variant',
  'lot',
  'status',
  'grade',
  'lotType',
  'supplier',
  'manufacturer',
  'supplierLot',
  'customerSerial',
  'supplierSerial',
  'startDate',
  'expiryDate',
  'manufactureDate',
  'bestBefore',
  'retestDate',
  'removalDate',
  'packageCount',
  'notes',
  'labelType',
  'sellable',
  'attributes',
  'closed',
  'cancelled',
  'reserved',
];

/** Characters of a name and of a reference, as Aureus counts them. */
const LONGEST = 255;
const LONGEST_DESCRIPTION = 10_000;
const PRINTABLE_ID = /^[\x21-\x7e]{1,64}$/;

export type Texts = { readonly [K in (typeof editable)[number]]?: string | null };

/** What says nothing: an absent field, and what every lot is anyway. */
const saysNothing = (name: string, value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (name === 'sellable' && value === true) ||
  (['closed', 'cancelled', 'reserved'].includes(name) && value === false) ||
  (name === 'attributes' && typeof value === 'object' && Object.keys(value).length === 0);

/** No control characters and no half of a pair; a description has lines. */
const isPlain = (text: string, lines: boolean): boolean =>
  !(lines ? /\p{Cs}|[^\P{Cc}\n\t]/u : /\p{Cs}|\p{Cc}/u).test(text);

function textOf(value: unknown, path: string): string | null {
  if (value === null) return null;
  if (typeof value !== 'string')
    throw new LedgerError('field.type', { path, details: { expected: 'string' } });
  const text = value.trim().replace(/\r\n?/g, '\n');
  const max = path === 'description' ? LONGEST_DESCRIPTION : LONGEST;
  if ([...text].length > max) throw new LedgerError('field.tooLong', { path, details: { max } });
  if (!isPlain(text, path === 'description')) throw new LedgerError('field.characters', { path });
  return text === '' ? null : text;
}

/** The texts of an input or a patch. */
function textsOf(given: Readonly<Record<string, unknown>>): Texts {
  for (const name of elsewhere) {
    if (saysNothing(name, given[name])) continue;
    const what = `${name}, which AureusERP cannot be told`;
    throw new LedgerError('command.unsupported', { path: name, details: { what } });
  }
  const said = editable.filter((name) => given[name] !== undefined);
  return Object.fromEntries(said.map((name) => [name, textOf(given[name], name)]));
}

export interface Creation {
  readonly item: string;
  readonly code: string;
  readonly texts: Texts;
}

/** @throws LedgerError field.required without an item, or without a code: Aureus makes none over its API */
export function creationOf(args: unknown): Creation {
  const given = fieldsOf(args, ['item', ...editable, ...elsewhere]);
  const item = textOf(given.item ?? null, 'item');
  if (item === null) throw new LedgerError('field.required', { path: 'item' });
  const texts = textsOf(given);
  const { code } = texts;
  if (!code || code === 'auto') throw new LedgerError('field.required', { path: 'code' });
  return { item, code, texts };
}

export interface Edit {
  readonly id: string;
  readonly patch: Texts;
  readonly version: number | undefined;
}

function versionIn(value: unknown): number | undefined {
  if (value === undefined || value === null || Number.isSafeInteger(value))
    return (value ?? undefined) as undefined;
  throw new LedgerError('field.type', { path: 'version', details: { expected: 'number' } });
}

function idIn(value: unknown): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new LedgerError(value === undefined ? 'field.required' : 'field.type', { path: 'id' });
}

export function editOf(args: unknown): Edit {
  const given = fieldsOf(args, ['id', 'patch', 'version']);
  const patch = textsOf(fieldsOf(given.patch, [...editable, ...elsewhere]));
  if (patch.code === null) throw new LedgerError('field.required', { path: 'code' });
  return { id: idIn(given.id), patch, version: versionIn(given.version) };
}

export function removalOf(args: unknown): Omit<Edit, 'patch'> {
  const given = fieldsOf(args, ['id', 'version']);
  return { id: idIn(given.id), version: versionIn(given.version) };
}

/** @throws LedgerError field.* with the path `commandId` for an id no command can have */
export function checkId({ id }: Command): void {
  if (typeof id !== 'string' || id === '') throw new LedgerError('field.required', { path: 'commandId' });
  if (PRINTABLE_ID.test(id)) return;
  throw new LedgerError(id.length > 64 ? 'field.tooLong' : 'field.characters', {
    path: 'commandId',
    details: { max: 64 },
  });
}
