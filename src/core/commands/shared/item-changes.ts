/** What may change on an item that has stock: nothing that would leave stock without its lots or serials. */
import type { ItemInput } from '../../model/inputs.ts';
import type { BalanceRecord, ItemRecord, SerialRecord } from '../../model/records.ts';
import { LedgerError } from '../../ports/errors.ts';
import { codeKey } from '../../ports/keys.ts';
import type { View } from '../../ports/view.ts';
import { formatSteps } from '../../rules/quantities.ts';
import { stockGuard } from '../../rules/stock-keys.ts';

/** What an item has in stock, read at most once. */
class Stock {
  readonly #item: ItemRecord;
  readonly #view: View;
  #balances: readonly BalanceRecord[] | undefined;
  #serials: readonly SerialRecord[] | undefined;

  constructor(item: ItemRecord, view: View) {
    this.#item = item;
    this.#view = view;
  }

  get balances(): readonly BalanceRecord[] {
    const { id, code } = this.#item;
    return (this.#balances ??= this.#view.range('balances', 'inStock', { prefix: [id] }, stockGuard(code)));
  }

  get serials(): readonly SerialRecord[] {
    const { id, code } = this.#item;
    return (this.#serials ??= this.#view.range('serials', 'inStock', { prefix: [id] }, stockGuard(code)));
  }

  /** On hand of some balances, as a text. */
  total(of: (balance: BalanceRecord) => boolean): string {
    const steps = this.balances.filter(of).reduce((sum, each) => sum + BigInt(each.onHand), 0n);
    return formatSteps(steps, this.#item.unit.decimals);
  }
}

const refuse = (onHand: string, path: string): never => {
  throw new LedgerError('item.hasStock', { path, details: { onHand } });
};

function checkTracking(before: ItemRecord, after: ItemInput, stock: Stock): void {
  const lotsOn = !before.lots && !!after.lots;
  const lotsOff = !!before.lots && !after.lots;
  const serialsOn = !before.serials && !!after.serials;
  const serialsOff = !!before.serials && !after.serials;
  if (!lotsOn && !lotsOff && !serialsOn && !serialsOff) return;
  const untagged = stock.total((balance) => balance.lot === null);
  const inLots = stock.total((balance) => balance.lot !== null);
  const single = stock.serials.length;
  if (lotsOn) {
    if (untagged !== '0')
      throw new LedgerError('item.openingRequired', { path: 'lots', details: { onHand: untagged } });
    if (single > 0)
      throw new LedgerError('item.openingRequired', { path: 'lots', details: { onHand: String(single) } });
  }
  if (lotsOff && inLots !== '0') refuse(inLots, 'lots');
  if (serialsOff && single > 0) refuse(String(single), 'serials');
  if (serialsOn && (untagged !== '0' || inLots !== '0'))
    refuse(untagged === '0' ? inLots : untagged, 'serials');
}

const variantsOf = (item: ItemInput): Set<string> =>
  new Set((item.variants ?? []).map((each) => codeKey(each.code)));

function checkVariants(before: ItemRecord, after: ItemInput, stock: Stock, view: View): void {
  const kept = variantsOf(after);
  const gone = [...variantsOf(before)].filter((key) => !kept.has(key));
  for (const key of gone) {
    const options = { prefix: [before.id, key], limit: 1 };
    const guard = stockGuard(before.code);
    const named =
      view.range('lots', 'byItem', options, guard).length +
      view.range('serials', 'byItem', options, guard).length;
    const stocked = stock.balances.some((each) => each.variant !== null && codeKey(each.variant) === key);
    if (named > 0 || stocked) throw new LedgerError('item.inUse', { path: 'variants' });
  }
  // from now on a posting names a variant: what lies there without one could never be reached again
  if (variantsOf(before).size > 0 || kept.size === 0) return;
  const plain = stock.total((balance) => balance.variant === null);
  if (plain !== '0') refuse(plain, 'variants');
  const serials = stock.serials.filter((each) => each.variant === null).length;
  if (serials > 0) refuse(String(serials), 'variants');
}

/** Refuses a change of an item that its stock does not allow. */
export function checkItemChange(before: ItemRecord, after: ItemInput, view: View): void {
  if (before.moved && before.unit.decimals !== after.unit.decimals)
    throw new LedgerError('item.unitFixed', { path: 'unit.decimals' });
  if (before.moved && before.unit.code !== after.unit.code)
    throw new LedgerError('item.unitFixed', { path: 'unit.code' });
  if (!before.moved) return;
  const stock = new Stock(before, view);
  checkTracking(before, after, stock);
  checkVariants(before, after, stock, view);
}
