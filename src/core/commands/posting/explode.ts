/**
 * What products are made of (R83): the components a line says, or its item's, become the lines that are
 * taken out. Lots and pieces are chosen by each component's own withdrawal unless rows name them. Where there
 * is not enough, one alternative may take the place of the whole component, or several a part of it each,
 * as far as the template allows.
 */
import type { ComponentInput, LineInput } from '../../model/posting.ts';
import type { ItemRecord } from '../../model/records.ts';
import type { ErrorCode } from '../../ports/catalogue.ts';
import { LedgerError } from '../../ports/errors.ts';
import { gather } from '../../ports/view.ts';
import { named } from '../../reading/references.ts';
import { freeFrom } from '../../reading/stock.ts';
import { convert, type Factor, formatSteps, toSteps } from '../../rules/quantities.ts';
import { balanceId, holderKey } from '../../rules/stock-keys.ts';
import type { Draft } from './draft.ts';
import type { Rows } from './line-rows.ts';
import { type Measured, measure, recordLine } from './lines.ts';
import { placeFor } from './load.ts';
import { pieces } from './quantities.ts';
import { unloadLine } from './unload.ts';
import { allocateLots } from './unload-lots.ts';
import { pickSerials } from './unload-serials.ts';
import { resolveLine } from './world.ts';

/** One component of one product line. */
interface Need extends Pick<ComponentInput, 'variant' | 'location' | 'lots' | 'serials'> {
  /** `lines[0].components[1]` */
  readonly path: string;
  /** Its item, then what may take its place, in order. */
  readonly items: readonly string[];
  /** How much of it, times `factor`. */
  readonly quantity: string;
  /** The quantity of the product; null where the quantity is for the whole line. */
  readonly factor: Factor | null;
}

const ONE: Factor = { num: 1, den: 1 };

function stepsOf(
  answer: ReturnType<typeof convert> | number | ErrorCode,
  path: string,
  decimals: number,
): number {
  if (typeof answer === 'number') return answer;
  if (typeof answer === 'object') return answer.steps;
  throw new LedgerError(answer, { path: `${path}.quantity`, details: { decimals } });
}

/**
 * Steps of a need in the unit of an item: rounded once, half up, as a line in another unit is (R64); not
 * rounded where it is for the whole line, nor for single pieces.
 */
function neededSteps({ path, quantity, factor }: Need, item: ItemRecord, isMain: boolean): number {
  const { decimals } = item.unit;
  if (factor === null && isMain) return stepsOf(toSteps(quantity, decimals), path, decimals);
  const answer = convert(quantity, factor ?? ONE, decimals);
  if (item.serials && typeof answer === 'object' && !answer.exact) {
    const details = { item: item.code, quantity };
    throw new LedgerError('serial.fractional', { path: `${path}.quantity`, details });
  }
  return stepsOf(answer, path, decimals);
}

/** What one product line needs; nothing for a quantity of zero. */
function needsOf({ line, total }: Measured): Need[] {
  if (total === 0) return [];
  const said = line.input.components;
  const own = line.item.components ?? [];
  if (!said && own.length === 0) {
    const details = { item: line.item.code };
    throw new LedgerError('item.noComponents', { path: `${line.path}.item`, details });
  }
  const product: Factor = { num: total, den: 10 ** line.decimals };
  return (said ?? own).map((component, i) => {
    const { item, alternatives = [], ...rest } = component;
    const path = `${line.path}.components[${i}]`;
    return { ...rest, path, items: [item, ...alternatives], factor: said ? null : product };
  });
}

/** The lines that are taken out, in the order in which they are recorded. */
class Explosion {
  readonly #out: Draft;
  readonly #location: string | null;
  #count = 0;

  constructor(out: Draft, location: string | null) {
    this.#out = out;
    this.#location = location;
  }

  /** A quantity of one item as a line; nothing where it comes to nothing. */
  line(need: Need, item: string, quantity: string): Measured[] {
    if (Number(quantity) === 0) return [];
    const out = this.#out;
    const { lots, serials } = named(out.view, 'items', item, `${need.path}.item`);
    const isMain = item === need.items[0];
    const input: LineInput = {
      item,
      variant: isMain ? need.variant : null,
      quantity,
      location: need.location ?? this.#location,
      lots: (isMain ? need.lots : null) ?? (lots ? 'auto' : null),
      serials: (isMain ? need.serials : null) ?? (serials ? 'auto' : null),
    };
    return measure(out, [resolveLine(out, input, this.#count++, need.path)]);
  }

  /** The whole of a need, of one item. */
  whole(need: Need, item: string): Measured[] {
    const record = named(this.#out.view, 'items', item, `${need.path}.item`);
    const steps = neededSteps(need, record, item === need.items[0]);
    return this.line(need, item, formatSteps(steps, record.unit.decimals));
  }
}

/** Steps of a line that could be taken, of stock that is chosen or has no lots; at most the line's. */
function freeOf(out: Draft, { line, tracking, total }: Measured): number {
  if (tracking.serials) return pickSerials(out, line, pieces(line, total)).length * 10 ** line.decimals;
  if (tracking.lots) return total - allocateLots(out, line, total).shortage;
  const location = placeFor(out, line, null, `${line.path}.location`);
  const place = { warehouse: out.world.warehouse.code, location };
  const id = balanceId(holderKey(null, line.item.code, line.variant), place);
  const balance = out.view.get('balances', id);
  const taken = Math.min(0, out.operation.deltas.get(id)?.steps ?? 0);
  return balance ? Math.min(total, Math.max(0, freeFrom(out.view, balance, out.date) + taken)) : 0;
}

function tooLittle(out: Draft, need: Need, main: Measured, free: number): LedgerError {
  const { item, decimals, location } = main.line;
  const show = (steps: number): string => formatSteps(steps, decimals);
  return new LedgerError(item.lots ? 'lot.insufficient' : 'stock.insufficient', {
    path: need.path,
    details: {
      item: item.code,
      available: show(free),
      shortage: show(main.total - free),
      warehouse: out.world.warehouse.code,
      location,
      alternatives: need.items.slice(1),
    },
  });
}

interface Taken {
  readonly measured: Measured;
  readonly rows: Rows;
}

function taken(out: Draft, measured: Measured): Taken {
  const { line, tracking, total } = measured;
  return { measured, rows: unloadLine(out, line, tracking, total) };
}

/** Takes as much of each item as there is, in order, until the need is met. */
function takeMixed(out: Draft, need: Need, main: Measured, explosion: Explosion): Taken[] {
  const { decimals } = main.line;
  const found: Taken[] = [];
  let rest = main.total;
  for (const item of need.items) {
    if (rest === 0) break;
    const own = named(out.view, 'items', item, `${need.path}.item`).unit.decimals;
    const wanted = stepsOf(convert(formatSteps(rest, decimals), ONE, own), need.path, own);
    const [asked] = explosion.line(need, item, formatSteps(wanted, own));
    if (!asked) break;
    const free = freeOf(out, asked);
    const [part] = free === wanted ? [asked] : explosion.line(need, item, formatSteps(free, own));
    if (!part) continue;
    found.push(taken(out, part));
    const back = stepsOf(convert(formatSteps(free, own), ONE, decimals), need.path, decimals);
    rest = free === wanted ? 0 : Math.max(0, rest - back);
  }
  if (rest > 0) throw tooLittle(out, need, main, main.total - rest);
  return found;
}

/** Takes what is chosen: the component itself, else what the template lets stand in for it. */
function takeChosen(out: Draft, need: Need, explosion: Explosion, into: Draft): Taken[] {
  const [first = '', ...alternatives] = need.items;
  const [main] = explosion.whole(need, first);
  if (!main) return [];
  const { allowAlternatives, mixAlternatives } = into.world.template;
  if (!allowAlternatives || alternatives.length === 0) return [taken(out, main)];
  const free = freeOf(out, main);
  if (free === main.total) return [taken(out, main)];
  for (const item of alternatives) {
    const [whole] = explosion.whole(need, item);
    if (whole && freeOf(out, whole) === whole.total) return [taken(out, whole)];
  }
  if (mixAlternatives) return takeMixed(out, need, main, explosion);
  throw tooLittle(out, need, main, free);
}

/** Whether its rows are named: no other item may then take its place. */
const isNamed = ({ lots, serials }: Need): boolean =>
  (Array.isArray(lots) && lots.length > 0) || (Array.isArray(serials) && serials.length > 0);

/**
 * Takes out what the products of the other side are made of.
 * @param location where it is taken from, unless a component says
 * @throws LedgerError lot.insufficient or stock.insufficient for the first component there is too little of
 */
export function takeComponents(
  out: Draft,
  into: Draft,
  products: readonly Measured[],
  location: string | null,
): void {
  const needs = products.flatMap(needsOf);
  const explosion = new Explosion(out, location);
  const all: Taken[][] = [];
  for (const turn of [true, false]) {
    gather(needs, (need, i) => {
      if (isNamed(need) !== turn) return;
      all[i] = turn
        ? explosion.whole(need, need.items[0] ?? '').map((measured) => taken(out, measured))
        : takeChosen(out, need, explosion, into);
    });
  }
  for (const { measured, rows } of all.flat()) recordLine(out, measured, rows);
  if (out.lines.length === 0) throw new LedgerError('item.noComponents', { path: 'lines' });
}
