/**
 * How codes are compared, joined and sorted, computed here and never by a database, so that every store
 * agrees. A code is shown as typed; two codes are the same when their keys are.
 */

/** Joins parts of an id. Control characters are refused in codes, so it cannot occur in one. */
export const US = '\u001f';

const SIMPLE = /^[\x21-\x7e]+$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the whole of ASCII, for which folding is easy
const ASCII = /^[\u0000-\u007f]*$/;

/**
 * A text without its case: NFC, lower, upper, lower, NFC. Upper folds letters such as `ß`; lower before it
 * does the same for those whose lower form is such a letter (`ẞ`), so that folding twice changes nothing.
 */
export function caseFolded(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return text.normalize('NFC').toLowerCase().toUpperCase().toLowerCase().normalize('NFC');
}

/**
 * The key of a code: trimmed, without its case, in NFC. The key of a key is the key.
 * @example codeKey(' Lot-1 ') === codeKey('LOT-1') // true
 */
export function codeKey(code: string): string {
  return SIMPLE.test(code) ? code.toLowerCase() : caseFolded(code.trim());
}

/** The same of a code that may be absent. */
export const optionalKey = (code: string | null): string | null => (code === null ? null : codeKey(code));

/** Key of an item and variant: the bucket of stock, codes and guards. */
export function bucketKey(item: string, variant: string | null): string {
  return variant === null ? codeKey(item) : codeKey(item) + US + codeKey(variant);
}

/** Id of a template: its warehouse and its code. */
export function templateKey(warehouse: string, code: string): string {
  return codeKey(warehouse) + US + codeKey(code);
}

/**
 * Sort key of a code in natural order: runs of digits compare as numbers (`A2` before `A10`). Every run
 * becomes its length in two digits, then the digits without leading zeros.
 */
export function naturalKey(code: string): string {
  const key = codeKey(code);
  let natural = '';
  let copied = 0;
  for (let start = 0; start < key.length; start++) {
    if (!isDigit(key, start)) continue;
    let end = start + 1;
    while (end < key.length && isDigit(key, end)) end++;
    let first = start;
    while (first < end - 1 && key[first] === '0') first++;
    const length = end - first;
    natural += `${key.slice(copied, start)}${length < 10 ? '0' : ''}${length}${key.slice(first, end)}`;
    copied = end;
    start = end;
  }
  return copied === 0 ? key : natural + key.slice(copied);
}

function isDigit(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 48 && unit <= 57;
}

/**
 * Sort key of a quantity, comparable across units: its value with six decimals, padded.
 * @param steps whole steps, not negative
 * @param decimals decimals of the unit, 0 to 6
 */
export function quantityKey(steps: number, decimals: number): string {
  const digits = String(steps) + '0'.repeat(6 - decimals);
  return steps === 0 ? '0' : String.fromCharCode(48 + digits.length) + digits;
}

/**
 * The same of a plain decimal text, however large: a lot may hold more than its millionths could be counted.
 * @returns undefined where it has more than six decimals, which no quantity has
 * @example typedQuantityKey('12.50') === quantityKey(1250, 2) // true
 */
export function typedQuantityKey(typed: string): string | undefined {
  const [whole = '', fraction = ''] = typed.split('.');
  const decimals = fraction.replace(/0+$/, '');
  if (decimals.length > 6) return undefined;
  const digits = (whole + decimals.padEnd(6, '0')).replace(/^0+/, '');
  // longer than any quantity: above them all
  return digits === '' ? '0' : String.fromCharCode(48 + Math.min(digits.length, 60)) + digits;
}

/** Compares two strings by code points (JavaScript's own `<` compares UTF-16 units). */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    let x = a.charCodeAt(i);
    let y = b.charCodeAt(i);
    if (x === y) continue;
    if (x >= 0xd800 && y >= 0xd800) {
      // surrogates stand for code points above U+FFFF, so they sort after U+E000–U+FFFF
      x = x >= 0xe000 ? x - 0x800 : x + 0x2000;
      y = y >= 0xe000 ? y - 0x800 : y + 0x2000;
    }
    return x - y;
  }
  return a.length - b.length;
}

/** Folds a text for searching: case and compatibility forms do not matter. */
export function fold(text: string): string {
  return ASCII.test(text) ? text.toLowerCase() : caseFolded(text.normalize('NFKC'));
}
