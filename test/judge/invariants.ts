/**
 * What must hold whatever was done: nothing is made or lost, nothing was below zero on any day, what is reserved
 * is there, forward and backward traces are each other's inverse and the model's own, and every mass balance
 * closes.
 */
import type { Ledger } from '../../src/core/index.ts';
import { nameOf } from './judge-recalls.ts';
import type { Model } from './model.ts';
import { Lot, type Pile, Serial } from './things.ts';
import { showSteps } from './values.ts';

/** Ids of the ledger's lots and serials by the model's names. */
export type Names = ReadonlyMap<string, string>;

/** What is broken, or null. */
export async function broken(ledger: Ledger, model: Model, names: Names): Promise<string | null> {
  return (
    inTheModel(model) ??
    (await conserved(ledger, model)) ??
    (await traces(ledger, model, names)) ??
    (await balances(ledger, model, names))
  );
}

/** No negative day; no more reserved of a lot than is there. */
function inTheModel(model: Model): string | null {
  const things: Pile[] = [...model.lots.slice(-3000), ...model.serials.slice(-3000)];
  for (const thing of things) {
    for (const place of thing.places())
      if (thing.least(place, '') < 0n) return `${nameOf(thing as Lot)} was below zero at ${place}`;
  }
  for (const lot of model.lots) {
    const held = model.holds
      .ofLot(lot)
      .filter((hold) => hold.warehouse !== '')
      .reduce((sum, hold) => sum + hold.open, 0n);
    if (held > lot.total()) return `${held} of ${nameOf(lot)} are reserved, ${lot.total()} there`;
  }
  return null;
}

/** Everything that came in, less what went out, is what the ledger has of an item. */
async function conserved(ledger: Ledger, model: Model): Promise<string | null> {
  for (const item of model.world.items) {
    if (item.lots && item.variants) continue;
    const rows = await ledger.items.stock(item.code);
    const { decimals } = item.unit;
    const there = rows.reduce((sum, row) => sum + stepsOf(row.onHand, decimals), 0n);
    const closed = [...model.inStock(item, null)]
      .filter((thing) => thing.closed && (thing instanceof Lot || !item.lots))
      .reduce(
        (sum, thing) => sum + thing.total() * (thing instanceof Lot ? 1n : 10n ** BigInt(decimals)),
        0n,
      );
    const want = (model.flow.get(item) ?? 0n) - closed;
    if (there !== want)
      return `${showSteps(there, decimals)} of ${item.code} are there, not ${showSteps(want, decimals)}`;
  }
  return null;
}

function stepsOf(text: string, decimals: number): bigint {
  const [whole = '', fraction = ''] = text.split('.');
  return BigInt(`${whole}${fraction.padEnd(decimals, '0')}`);
}

const isThing = (pile: Pile): pile is Lot | Serial => pile instanceof Lot || pile instanceof Serial;

/** Lineages of some lots and pieces, both ways, beside the model's own and each other. */
async function traces(ledger: Ledger, model: Model, names: Names): Promise<string | null> {
  const linked = model.lineage.linked().filter((pile): pile is Lot => pile instanceof Lot);
  const step = Math.max(1, Math.floor(linked.length / 12));
  const byId = new Map([...names].map(([name, id]) => [id, name]));
  const reached = async (lot: Lot, direction: 'forward' | 'backward'): Promise<Set<string>> => {
    const how = { direction, components: 'all', untraced: true } as const;
    const { nodes } = await ledger.lots.lineage(names.get(nameOf(lot)) ?? '', how);
    return new Set(nodes.flatMap((node) => (node.kind === 'item' ? [] : [byId.get(node.id) ?? node.id])));
  };
  for (let i = linked.length - 1; i >= 0; i -= step) {
    const lot = linked[i] as Lot;
    for (const direction of ['forward', 'backward'] as const) {
      const got = await reached(lot, direction);
      const closure = [...model.lineage.closure(lot, direction)]
        .filter(isThing)
        .filter((pile) => pile !== lot);
      got.delete(nameOf(lot));
      // backward of a piece is backward of its lot too
      const want = new Set(closure.map(nameOf));
      if (direction === 'backward') for (const name of lotsOfPieces(model, closure)) want.add(name);
      want.delete(nameOf(lot));
      if ([...got].sort().join() !== [...want].sort().join())
        return `${direction} of ${nameOf(lot)} is ${[...got].sort()}, not ${[...want].sort()}`;
      const opposite = direction === 'forward' ? 'backward' : 'forward';
      for (const other of closure.filter((pile): pile is Lot => pile instanceof Lot).slice(0, 2)) {
        if (!(await reached(other, opposite)).has(nameOf(lot)))
          return `${direction} of ${nameOf(lot)} reaches ${nameOf(other)}, ${opposite} of that does not`;
      }
    }
  }
  return null;
}

/** Lots of pieces that were used, with all that went into them. */
function lotsOfPieces(model: Model, things: readonly (Lot | Serial)[]): string[] {
  const found = new Set<Lot | Serial>();
  const next = [...things];
  for (let at = next.pop(); at; at = next.pop()) {
    const more = at instanceof Serial && at.lot ? [at.lot, ...model.lineage.closure(at.lot, 'backward')] : [];
    for (const pile of more) {
      if (!isThing(pile) || found.has(pile)) continue;
      found.add(pile);
      next.push(pile);
    }
  }
  return [...found].map(nameOf);
}

async function balances(ledger: Ledger, model: Model, names: Names): Promise<string | null> {
  const { lots } = model;
  const step = Math.max(1, Math.floor(lots.length / 15));
  for (let i = lots.length - 1; i >= 0; i -= step) {
    const lot = lots[i] as Lot;
    const id = names.get(nameOf(lot));
    if (lot.deleted || id === undefined) continue;
    const balance = await ledger.lots.balance(id);
    if (balance.difference !== showSteps(lot.adrift, lot.item.unit.decimals))
      return `the balance of ${nameOf(lot)} differs by ${balance.difference}`;
  }
  return null;
}
