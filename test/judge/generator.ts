/**
 * Makes commands: mostly sensible ones, so that stock flows, and now and then one with a single fault in
 * it. Looks at the model to name lots, serials and postings that exist.
 */
import type { Chance } from './chance.ts';
import { makeCount } from './generator-counts.ts';
import { documentFor, makeCommit, makeRelease } from './generator-holds.ts';
import { makeCorrection, makeReturn } from './generator-later.ts';
import { makeLine } from './generator-lines.ts';
import { makeTransform } from './generator-lots.ts';
import { makePair } from './generator-pairs.ts';
import type { Model } from './model.ts';
import type { Lot, Serial } from './things.ts';
import { addDays } from './values.ts';
import type { Command, LotPatch, Named, PostPlan, TemplatePlan } from './world.ts';

type Kind = Command['do'] | 'return' | 'again' | 'sameKey' | 'sameIdOther';

/** The next command. `n` numbers command ids; `log` holds what was sent before. */
export function nextCommand(model: Model, chance: Chance, n: number, log: readonly Command[]): Command {
  const kind = chance.weighted<Kind>([
    [560, 'post'],
    [70, 'pair'],
    [30, 'transform'],
    [3, 'openRecall'],
    [4, 'closeRecall'],
    [20, 'count'],
    [15, 'correct'],
    [15, 'transition'],
    [2, 'close'],
    [45, 'commit'],
    [24, 'release'],
    [90, 'reverse'],
    [25, 'return'],
    [30, 'createLot'],
    [90, 'editLot'],
    [12, 'removeLot'],
    [25, 'editSerial'],
    [5, 'removeSerial'],
    [6, 'nextDay'],
    [20, 'again'],
    [20, 'sameKey'],
    [8, 'sameIdOther'],
  ]);
  const made = make(kind, model, chance, n, log);
  return made ?? { do: 'post', plan: makePost(model, chance, `c${n}`) };
}

function make(
  kind: Kind,
  model: Model,
  chance: Chance,
  n: number,
  log: readonly Command[],
): Command | undefined {
  const commandId = `c${n}`;
  switch (kind) {
    case 'post':
      return { do: 'post', plan: makePost(model, chance, commandId) };
    case 'pair':
      return makePair(model, chance, commandId);
    case 'transform':
      return makeTransform(model, chance, commandId);
    case 'openRecall': {
      const lots = new Set([
        chance.maybe(recent(model.lots, chance)),
        chance.maybe(recent(model.lots, chance)),
      ]);
      const named = [...lots].flatMap((lot) => (lot && !lot.deleted ? [nameOf(lot)] : []));
      return named.length > 0 ? { do: 'openRecall', lots: named, commandId } : undefined;
    }
    case 'closeRecall': {
      const open = model.recalls.flatMap((recall, i) => (recall.open || chance.oneIn(40) ? [i] : []));
      const recall = chance.maybe(open);
      return recall === undefined
        ? undefined
        : { do: 'closeRecall', recall, free: !chance.oneIn(6), commandId };
    }
    case 'count':
      return makeCount(model, chance, commandId);
    case 'correct':
      return makeCorrection(model, chance, commandId);
    case 'transition': {
      const code = chance.pick(['HOLD', 'FREE', 'FREE', 'FREE']);
      const reason = chance.oneIn(10) ? {} : { reason: 'as judged' };
      return withName(chance.maybe(recent(model.lots, chance)), (named) => ({
        do: 'transition',
        named,
        code,
        ...reason,
      }));
    }
    case 'close':
      return { do: 'close', through: chance.oneIn(6) ? null : addDays(model.today, -chance.between(6, 14)) };
    case 'commit':
      return makeCommit(model, chance, commandId);
    case 'release':
      return makeRelease(model, chance, commandId);
    case 'return':
      return makeReturn(model, chance, commandId);
    case 'reverse':
      return makeReversal(model, chance, commandId);
    case 'createLot':
      return makeLot(model, chance, commandId);
    case 'editLot': {
      const lot = chance.maybe(recent(model.lots, chance));
      return lot && makeEdit(model, lot, chance);
    }
    case 'removeLot':
      return withName(chance.maybe(recent(model.lots, chance)), (named) => ({ do: 'removeLot', named }));
    case 'editSerial': {
      const serial = chance.maybe(recent(model.serials, chance));
      const patch = chance.pick([
        { closed: true },
        { closed: false },
        { closed: false },
        { cancelled: chance.oneIn(4) },
        // a piece that is nowhere cannot say where it is held
        ...(serial?.place ? [{ reserved: chance.oneIn(2) }] : []),
      ]);
      return withName(serial, (named) => ({
        do: 'editSerial',
        named,
        patch,
      }));
    }
    case 'removeSerial':
      return withName(chance.maybe(recent(model.serials, chance)), (named) => ({
        do: 'removeSerial',
        named,
      }));
    case 'nextDay':
      return { do: 'nextDay' };
    case 'again':
      return chance.maybe(
        log.slice(-60).filter((each) => 'commandId' in each || each.do === 'post' || each.do === 'pair'),
      );
    case 'sameKey':
    case 'sameIdOther':
      return repeated(kind, chance, commandId, log);
  }
}

/** A posting sent before: under its key with a new id, or under its id with another body. */
function repeated(
  kind: 'sameKey' | 'sameIdOther',
  chance: Chance,
  commandId: string,
  log: readonly Command[],
): Command | undefined {
  const before = chance.maybe(log.slice(-200).flatMap((each) => (each.do === 'post' ? [each.plan] : [])));
  if (!before) return undefined;
  const [first, ...rest] = before.lines;
  const lines = first ? [{ ...first, quantity: '7' }, ...rest] : rest;
  if (kind === 'sameIdOther') return { do: 'post', plan: { ...before, lines } };
  if (!before.key) return undefined;
  return { do: 'post', plan: chance.oneIn(3) ? { ...before, commandId, lines } : { ...before, commandId } };
}

/** Things made lately are named more often than old ones. */
export function recent<T>(all: readonly T[], chance: Chance): readonly T[] {
  return chance.oneIn(4) ? all : all.slice(-80);
}

const nameOf = (thing: Lot | Serial): Named => ({
  item: thing.item.code,
  variant: thing.variant,
  code: thing.code,
});

function withName(thing: Lot | Serial | undefined, then: (named: Named) => Command): Command | undefined {
  return thing && then(nameOf(thing));
}

function makePost(model: Model, chance: Chance, commandId: string): PostPlan {
  const template = chance.weighted<TemplatePlan>(
    model.world.templates
      .filter((each) => each.intent !== 'customerReturn' || chance.oneIn(10))
      .map((each) => [each.code === 'LOA' || each.code === 'TOP' ? 9 : 4, each] as const),
  );
  const date = chance.oneIn(3) ? addDays(model.today, -chance.between(0, 12)) : model.today;
  const lines = [];
  const used = new Set<string>();
  const count = chance.weighted([
    [6, 1],
    [2, 2],
    [1, 3],
  ] as const);
  for (let i = 0; i < count; i++) {
    const line = makeLine(model, chance, template, used);
    if (line) lines.push(line);
  }
  if (lines.length === 0) lines.push({ item: 'SCREW', quantity: '5', ...placed(model, template.warehouse) });
  const plan: PostPlan = { commandId, warehouse: template.warehouse, template: template.code, date, lines };
  const document = { type: 'purchaseDeliveryNote', number: `D${chance.below(500)}`, date: addDays(date, -1) };
  const party =
    template.type === 'load'
      ? ({ kind: 'supplier', code: chance.pick(['S1', 'S1', 'S1', 'S2']) } as const)
      : ({ kind: 'customer', code: 'C1' } as const);
  const whole = {
    ...plan,
    ...documented(model, chance, template, document),
    ...(chance.oneIn(2) ? { party } : {}),
    ...(chance.oneIn(6) ? { key: `K${commandId}` } : {}),
    ...(chance.oneIn(20) ? { number: chance.between(1, 12) } : {}),
  };
  return chance.oneIn(30) ? spoilHeader(whole, model, chance) : whole;
}

type Documented = Pick<PostPlan, 'document' | 'fulfils'>;

/** What a posting says of documents: a delivery's own, or the order whose reservations it takes. */
function documented(
  model: Model,
  chance: Chance,
  template: TemplatePlan,
  document: NonNullable<PostPlan['document']>,
): Documented {
  if (template.type === 'load' || !chance.oneIn(3)) return chance.oneIn(3) ? { document } : {};
  const number = documentFor(model, chance, template.warehouse);
  if (number === undefined) return {};
  const order = { type: 'salesOrder', number };
  return chance.oneIn(2) ? { document: { ...order, date: document.date } } : { fulfils: order };
}

const placed = (model: Model, warehouse: string): { location?: string } =>
  model.world.warehouses.find((each) => each.code === warehouse)?.locations ? { location: 'A-01' } : {};

function spoilHeader(plan: PostPlan, model: Model, chance: Chance): PostPlan {
  return chance.pick<() => PostPlan>([
    () => ({ ...plan, warehouse: 'NOWHERE' }),
    () => ({ ...plan, template: 'NONE' }),
    () => ({ ...plan, warehouse: 'MAIN', template: 'PTY' }),
    () => ({ ...plan, date: addDays(model.today, 1) }),
    () => ({ ...plan, date: '2026-01-31' }),
  ])();
}

function makeReversal(model: Model, chance: Chance, commandId: string): Command | undefined {
  const from = recent(model.postings, chance);
  const keyed = chance.oneIn(5) ? from.slice(-80).filter((each) => each.plan.key) : from;
  const posting = chance.maybe(keyed);
  if (!posting) return undefined;
  const date = chance.weighted([
    [6, model.today],
    [3, posting.plan.date],
    [1, addDays(posting.plan.date, -1)],
    [1, addDays(posting.plan.date, 1)],
  ] as const);
  const command = { do: 'reverse', posting: posting.index, date, commandId } as const;
  return chance.oneIn(4) ? { ...command, lines: [chance.below(posting.lines.length)] } : command;
}

function makeLot(model: Model, chance: Chance, commandId: string): Command {
  const item = chance.pick(model.world.items);
  const variant = item.variants ? chance.pick(item.variants).code : null;
  const known = chance.oneIn(5) ? chance.maybe(model.lots)?.code : undefined;
  const named = { item: item.code, variant, code: known ?? `H-${chance.below(2000)}` };
  const create = { do: 'createLot', named, commandId } as const;
  return chance.oneIn(2) ? { ...create, expiryDate: addDays(model.today, chance.between(1, 60)) } : create;
}

function makeEdit(model: Model, lot: Lot, chance: Chance): Command {
  const patch = chance.weighted<() => LotPatch>([
    [2, () => ({ code: chance.oneIn(4) ? chance.pick(model.lots).code : `R-${chance.below(3000)}` })],
    [3, () => ({ status: chance.pick(['GOOD', 'GOOD', 'QUAR', 'NOSALE', null, 'NONE']) })],
    [2, () => ({ sellable: chance.oneIn(2) })],
    [2, () => ({ closed: true })],
    [4, () => ({ closed: false })],
    [3, () => ({ expiryDate: chance.oneIn(8) ? null : addDays(model.today, chance.between(-20, 60)) })],
    [1, () => ({ description: `text ${chance.below(1000)}` })],
  ])();
  const version = chance.oneIn(4) ? { version: lot.edition - (chance.oneIn(4) ? 1 : 0) } : {};
  const reason = chance.oneIn(5) ? {} : { reason: 'as found' };
  return { do: 'editLot', named: nameOf(lot), patch, ...version, ...reason };
}
