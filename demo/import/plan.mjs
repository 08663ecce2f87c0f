/**
 * From the rows of a deliveries file to what has to be in the ledger: items, warehouses, templates and one
 * posting per delivery note, each row a lot of its own. Pure: no file, no ledger, no clock. The example
 * script and the portal's import page share it.
 */

/**
 * What a column of the file can mean. `column` is what the deliveries file of this example calls it.
 * @type {readonly { field: Field, column: string, required: boolean }[]}
 */
export const fields = [
  { field: 'deliveryNote', column: 'ASN/DN #', required: true },
  { field: 'warehouse', column: 'Country', required: true },
  { field: 'date', column: 'Delivered to Client Date', required: true },
  { field: 'supplier', column: 'Vendor', required: true },
  { field: 'item', column: 'Item Description', required: true },
  { field: 'quantity', column: 'Line Item Quantity', required: true },
  { field: 'manufacturer', column: 'Manufacturing Site', required: false },
  { field: 'category', column: 'Product Group', required: false },
];

/**
 * @typedef {'deliveryNote' | 'warehouse' | 'date' | 'supplier' | 'item' | 'quantity' | 'manufacturer' | 'category'} Field
 * @typedef {Partial<Record<Field, string>>} Columns which column of the file holds each field
 * @typedef {Readonly<Record<string, string>>} Row one row of the file, by column
 * @typedef {{ row: number, code: string, path: Field, value: string }} Fault a row that cannot be used;
 *   `row` counts the data rows from 1, `code` is an error code of the ledger
 * @typedef {{ rows: readonly number[], posting: PlannedPosting }} Delivery the posting of one delivery note
 *   and the rows it was made of, in the order of its lines
 * @typedef {{ code: string, description: string, category?: string, unit: { code: string, decimals: number }, lots: { withdrawal: 'fifo' } }} PlannedItem
 * @typedef {{ item: string, quantity: string, lots: [{ code: string, quantity: string, manufacturer?: string }] }} PlannedLine
 * @typedef {{ key: string, warehouse: string, template: string, date: string,
 *   document: { type: 'purchaseDeliveryNote', number: string, date: string },
 *   party: { kind: 'supplier', code: string, name: string }, lines: PlannedLine[] }} PlannedPosting
 * @typedef {{ items: PlannedItem[], warehouses: string[], deliveries: Delivery[], faults: Fault[] }} Plan
 */

/** The template every delivery is posted with, one per warehouse. */
export const template = /** @type {const} */ ({
  code: 'DELIVERY',
  description: 'Delivery from a supplier',
  type: 'load',
  intent: 'purchase',
  tracksLots: true,
});

const unit = { code: 'PCK', decimals: 0 };
const CODE_LENGTH = 50;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const CENTURY_TURNS_AT = 70;

/**
 * Reads a date of the form `2-Jun-06` or `2006-06-02`. Two digits of a year mean 1970 to 2069.
 * @param {string} text
 * @returns {string | undefined} `YYYY-MM-DD`, or undefined where it is no such date
 */
export function readDate(text) {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return text;
  const match = /^(\d{1,2})-([A-Za-z]{3})-(\d{2}|\d{4})$/.exec(text);
  if (!match) return undefined;
  const month = MONTHS.indexOf(match[2].toLowerCase()) + 1;
  const short = Number(match[3]);
  const year = match[3].length === 4 ? short : short + (short < CENTURY_TURNS_AT ? 2000 : 1900);
  if (month === 0) return undefined;
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${match[1].padStart(2, '0')}`;
}

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Two multiplicative hashes of 32 bits over the text, as eight characters of 40 bits together. */
function fingerprint(text) {
  let a = 0x811c9dc5;
  let b = 0x9e3779b9;
  for (let i = 0; i < text.length; i++) {
    const unit16 = text.charCodeAt(i);
    a = Math.imul(a ^ unit16, 0x01000193);
    b = Math.imul(b ^ unit16, 0x85ebca6b);
    b ^= b >>> 13;
  }
  a ^= a >>> 15;
  const bits = [a >>> 0, (b ^ (b >>> 16)) >>> 0];
  return bits.flatMap((word) => [0, 5, 10, 15].map((shift) => ALPHABET[(word >>> shift) & 31])).join('');
}

/**
 * A short code for a long text: its first word, so that people recognise it, and a fingerprint of the
 * whole, so that different texts stay apart. The same text gives the same code in every file and run.
 * @param {string} text
 * @returns {string} such as `NEVIRAPINE-5K2M9QXD`
 */
export function codeOf(text) {
  const key = text.trim().normalize('NFC').toUpperCase().toLowerCase();
  const word =
    key
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .match(/[a-z0-9]{2,}/)?.[0] ?? 'x';
  return `${word.slice(0, 10).toUpperCase()}-${fingerprint(key)}`;
}

/** Reads one row; answers its values, or what is wrong with it. */
function readRow(row, number, columns) {
  const values = /** @type {Record<Field, string>} */ ({});
  for (const { field, required } of fields) {
    const value = (columns[field] === undefined ? '' : (row[columns[field]] ?? '')).trim();
    if (required && value === '')
      return { fault: { row: number, code: 'field.required', path: field, value } };
    values[field] = value;
  }
  const fault = (path, code) => ({ fault: { row: number, code, path, value: values[path] } });
  const date = readDate(values.date);
  if (date === undefined) return fault('date', 'date.invalid');
  if ([...values.warehouse].length > CODE_LENGTH) return fault('warehouse', 'field.tooLong');
  if (!/^\d+(\.\d+)?$/.test(values.quantity)) return fault('quantity', 'quantity.format');
  return { values: { ...values, date } };
}

/** The first difference between a row and the delivery its note began with. */
function contradiction(posting, values) {
  if (posting.warehouse !== values.warehouse) return 'warehouse';
  if (posting.date !== values.date) return 'date';
  return posting.party.name === values.supplier ? undefined : 'supplier';
}

function newItem(code, values) {
  const category = values.category ? { category: values.category } : {};
  return { code, description: values.item, ...category, unit, lots: { withdrawal: 'fifo' } };
}

function newPosting(values, codes) {
  return {
    key: values.deliveryNote,
    warehouse: values.warehouse,
    template: template.code,
    date: values.date,
    document: { type: 'purchaseDeliveryNote', number: values.deliveryNote, date: values.date },
    party: { kind: 'supplier', code: cachedCode(codes, values.supplier), name: values.supplier },
    lines: [],
  };
}

function addLine(posting, itemCode, values) {
  const number = String(posting.lines.length + 1).padStart(3, '0');
  const lot = { code: `${values.deliveryNote}-${number}`, quantity: values.quantity };
  if (values.manufacturer) lot.manufacturer = values.manufacturer;
  posting.lines.push({ item: itemCode, quantity: values.quantity, lots: [lot] });
}

/** Whether a code stands for another text already: two texts with one fingerprint must never merge. */
function isTaken(texts, code, text) {
  const key = text.normalize('NFC').toUpperCase().toLowerCase();
  if (!texts.has(code)) texts.set(code, key);
  return texts.get(code) !== key;
}

/** Takes notes with a faulty row out as a whole: half a delivery would have to be reversed later. */
function holdBack(deliveries, broken, faults) {
  for (const note of broken) {
    for (const row of deliveries.get(note)?.rows ?? []) {
      faults.push({ row, code: 'command.notApplied', path: 'deliveryNote', value: note });
    }
    deliveries.delete(note);
  }
}

/**
 * Plans the import of a file.
 * @param {readonly Row[]} rows
 * @param {Columns} [columns] which column holds what; the columns of the example's file by default
 * @returns {Plan} postings in the order of their dates; rows that cannot be used, and the other rows of
 *   their delivery notes, among `faults`
 */
export function planImport(rows, columns = defaultColumns) {
  const draft = { items: new Map(), deliveries: new Map(), texts: new Map(), codes: new Map() };
  const broken = new Set();
  const faults = [];
  rows.forEach((row, index) => {
    const fault = addRow(draft, row, index + 1, columns);
    if (fault === undefined) return;
    faults.push(fault);
    broken.add((row[columns.deliveryNote ?? ''] ?? '').trim());
  });
  holdBack(draft.deliveries, broken, faults);
  return arrange([...draft.deliveries.values()], draft.items, faults);
}

/** Adds one row to the draft of the plan; answers what is wrong with it, if anything. */
function addRow(draft, row, number, columns) {
  const { values, fault } = readRow(row, number, columns);
  if (!values) return fault;
  const { items, deliveries, texts, codes } = draft;
  const delivery = deliveries.get(values.deliveryNote) ?? { posting: newPosting(values, codes), rows: [] };
  const code = cachedCode(codes, values.item);
  const path =
    contradiction(delivery.posting, values) ??
    (isTaken(texts, code, values.item) ? 'item' : undefined) ??
    (isTaken(texts, cachedCode(codes, values.supplier), values.supplier) ? 'supplier' : undefined);
  if (path) return { row: number, code: 'posting.duplicateKey', path, value: values[path] };
  if (!items.has(code)) items.set(code, newItem(code, values));
  addLine(delivery.posting, code, values);
  delivery.rows.push(number);
  deliveries.set(values.deliveryNote, delivery);
  return undefined;
}

function cachedCode(codes, text) {
  const known = codes.get(text) ?? codeOf(text);
  codes.set(text, known);
  return known;
}

/** Oldest delivery first, and only what the deliveries that are left need. */
function arrange(deliveries, items, faults) {
  const byDate = deliveries.sort(
    ({ posting: a }, { posting: b }) => Number(a.date > b.date) - Number(a.date < b.date),
  );
  const used = new Set(byDate.flatMap(({ posting }) => posting.lines.map((line) => line.item)));
  return {
    items: [...items.values()].filter((item) => used.has(item.code)),
    warehouses: [...new Set(byDate.map(({ posting }) => posting.warehouse))].sort(),
    deliveries: byDate,
    faults: faults.sort((a, b) => a.row - b.row),
  };
}

/** @type {Required<Columns>} */
export const defaultColumns = /** @type {Required<Columns>} */ (
  Object.fromEntries(fields.map(({ field, column }) => [field, column]))
);

/**
 * Guesses which of a file's columns holds what, by their names; the user corrects it.
 * @param {readonly string[]} names
 * @returns {Columns}
 */
export function guessColumns(names) {
  const plain = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  const guess = {};
  for (const { field, column } of fields) {
    const found = names.find((name) => plain(name) === plain(column) || plain(name) === plain(field));
    if (found !== undefined) guess[field] = found;
  }
  return guess;
}
