/**
 * What the judge knows: the world, every lot, serial and posting, what lies where, which codes and numbers
 * are taken, and whether something may be used. Deciding is for `model.ts` and the `judge-` files.
 */
import { Claims, Holds } from './holds.ts';
import type { Recall } from './judge-recalls.ts';
import { Lineage } from './lineage.ts';
import { Lot, Pile, type Posted, type Serial } from './things.ts';
import { addDays, keyOf } from './values.ts';
import type {
  ItemPlan,
  LocationPlan,
  Named,
  StatusPlan,
  TemplatePlan,
  WarehousePlan,
  World,
} from './world.ts';

/** What stock is taken for. */
export type Use = Pick<TemplatePlan, 'intent' | 'allowUnavailable' | 'intoQuarantine'>;

/** Intents that may take what is expired or blocked (R38). */
const EXEMPT = ['scrap', 'count', 'supplierReturn', 'inspection'];

const most = (a: bigint, b: bigint): bigint => (a > b ? a : b);
const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

export class Register {
  readonly world: World;
  today: string;
  /** The last day that is closed for good. */
  closedThrough: string | null = null;
  readonly lots: Lot[] = [];
  readonly serials: Serial[] = [];
  /** Lots and serials by kind, scope and code; and those with stock, by item and variant. */
  private readonly coded = new Map<string, Lot | Serial>();
  private readonly stocked = new Map<string, Set<Lot | Serial>>();
  private readonly byItem = new Map<ItemPlan, (Lot | Serial)[]>();
  readonly postings: Posted[] = [];
  /** The newest posting of each of the host's keys (R88). */
  readonly keys = new Map<string, Posted>();
  protected readonly postingOf = new Map<string, Posted>();
  /** Last number each counter made. */
  counters = new Map<string, number>();
  /** Posting numbers by warehouse and day (R125). */
  readonly numbers = new Map<string, { last: number; taken: Set<number> }>();
  /** Codes that were on a movement and were corrected since: never used again (R4, R86). */
  protected readonly retired = new Map<string, Lot>();
  private readonly locations = new Map<string, LocationPlan>();
  private readonly piles = new Map<string, Pile>();
  private readonly owners = new Map<Pile, { item: ItemPlan; variant: string | null }>();
  readonly holds = new Holds();
  readonly lineage = new Lineage();
  readonly recalls: Recall[] = [];
  /** Of each item everything that came in, less what went out, in steps. */
  readonly flow = new Map<ItemPlan, bigint>();
  constructor(world: World) {
    this.world = world;
    this.today = world.today;
    for (const { code, locations = [] } of world.warehouses)
      for (const each of locations) this.locations.set(`${code}|${each.code}`, each);
  }

  // --- finding things -------------------------------------------------------------------------------

  item(code: string): ItemPlan | undefined {
    return this.world.items.find((item) => keyOf(item.code) === keyOf(code));
  }

  template(warehouse: string, code: string): TemplatePlan | undefined {
    const own = (each: TemplatePlan): boolean => each.warehouse === warehouse && each.code === code;
    return this.world.templates.find(own) ?? this.world.paired.find(own);
  }

  status(lot: Lot): StatusPlan | undefined {
    return this.world.statuses.find((each) => each.code === lot.status);
  }

  /** In what a code is unique. */
  scope(item: ItemPlan, variant: string | null): string {
    return this.world.settings.codeScope === 'ledger' ? '' : `${keyOf(item.code)}|${keyOf(variant ?? '')}`;
  }

  private nameOf(kind: 'lot' | 'serial', item: ItemPlan, variant: string | null, code: string): string {
    return `${kind}|${this.scope(item, variant)}|${keyOf(code)}`;
  }

  findLot(item: ItemPlan, variant: string | null, code: string): Lot | undefined {
    return this.coded.get(this.nameOf('lot', item, variant, code)) as Lot | undefined;
  }

  findSerial(item: ItemPlan, variant: string | null, code: string): Serial | undefined {
    return this.coded.get(this.nameOf('serial', item, variant, code)) as Serial | undefined;
  }

  /** A lot or serial by item, variant and code; in ledger scope another item may have the code. */
  protected known(kind: 'lot' | 'serial', { item: name, variant, code }: Named): Lot | Serial | undefined {
    const item = this.item(name);
    const thing = item && this.coded.get(this.nameOf(kind, item, variant, code));
    return thing?.item === item && thing?.variant === variant ? thing : undefined;
  }

  /** Keeps a new lot or serial. */
  keep(thing: Lot | Serial): void {
    if (thing instanceof Lot) this.lots.push(thing);
    else this.serials.push(thing);
    this.byItem.set(thing.item, [...(this.byItem.get(thing.item)?.slice(-120) ?? []), thing]);
    this.name(thing);
  }

  /** Makes it found under its code. */
  protected name(thing: Lot | Serial): void {
    const kind = thing instanceof Lot ? 'lot' : 'serial';
    this.coded.set(this.nameOf(kind, thing.item, thing.variant, thing.code), thing);
  }

  /** Keeps an accepted posting or reversal. */
  keepPosting(posted: Posted): void {
    this.postings.push(posted);
    this.postingOf.set(posted.id, posted);
    if (posted.plan.key !== undefined && !posted.reversal) this.keys.set(posted.plan.key, posted);
  }

  /** Makes it no longer found under its code. */
  protected forget(thing: Lot | Serial): void {
    const kind = thing instanceof Lot ? 'lot' : 'serial';
    this.coded.delete(this.nameOf(kind, thing.item, thing.variant, thing.code));
  }

  /** The newest hundred or so lots or serials of an item. */
  newest(item: ItemPlan): readonly (Lot | Serial)[] {
    return (this.byItem.get(item) ?? []).filter((thing) => !thing.deleted);
  }

  /** Lots or serials of an item that lie somewhere. */
  inStock(item: ItemPlan, variant: string | null): (Lot | Serial)[] {
    return [...(this.stocked.get(`${item.code}|${variant ?? ''}`) ?? [])];
  }

  /** Told after every movement, so that `inStock` is right. */
  moved(thing: Lot | Serial): void {
    const id = `${thing.item.code}|${thing.variant ?? ''}`;
    const set = this.stocked.get(id) ?? new Set();
    this.stocked.set(id, set);
    if (thing.total() > 0n) set.add(thing);
    else set.delete(thing);
  }

  /** Whether some item or variant has a lot or serial of this code, whatever its scope. */
  elsewhere(kind: 'lot' | 'serial', code: string): boolean {
    return this.world.items.some((item) =>
      [null, ...(item.variants ?? []).map((each) => each.code)].some((variant) =>
        this.coded.has(this.nameOf(kind, item, variant, code)),
      ),
    );
  }

  /** Whether a lot code may not be given to a new lot, or to `other`. */
  lotCodeTaken(item: ItemPlan, variant: string | null, code: string, other?: Lot): boolean {
    const found = this.findLot(item, variant, code);
    const retired = this.retired.get(`${this.scope(item, variant)}|${keyOf(code)}`);
    return (found !== undefined && found !== other) || (retired !== undefined && retired !== other);
  }

  /** The untracked stock of an item. */
  pile(item: ItemPlan, variant: string | null): Pile {
    const id = `${keyOf(item.code)}|${keyOf(variant ?? '')}`;
    const pile = this.piles.get(id) ?? new Pile();
    this.piles.set(id, pile);
    this.owners.set(pile, { item, variant });
    return pile;
  }

  /** What an untracked pile is of. */
  ownerOf(pile: Pile): { readonly item: ItemPlan; readonly variant: string | null } {
    const owner = this.owners.get(pile);
    if (!owner) throw new Error('a pile of nothing');
    return owner;
  }

  /** Whether nothing may be dated on a day any more (R67). */
  isClosed(date: string): boolean {
    const { closedThrough } = this;
    return date < this.world.settings.openFrom || (closedThrough !== null && date <= closedThrough);
  }

  // --- places (R78, R129, R130) ---------------------------------------------------------------------

  warehouse(code: string): WarehousePlan | undefined {
    return this.world.warehouses.find((each) => each.code === code);
  }

  private location(place: string): LocationPlan | undefined {
    return this.locations.get(place);
  }

  /** Whether what lies at a place counts as available, as far as the location says. */
  placeCounts(place: string): boolean {
    return !this.location(place)?.quarantine;
  }

  /** Whether a place keeps what lies there from a use. */
  placeDenies(place: string, { intent, allowUnavailable }: Use): boolean {
    if (EXEMPT.includes(intent) || intent === 'transfer' || allowUnavailable) return false;
    return Boolean(this.location(place)?.quarantine);
  }

  // --- usability (R28, R36–R38, R43–R45) --------------------------------------------------------------

  /** The first reason why a lot may not be taken, as an error code. */
  refusal(lot: Lot, template: Use, date: string): string | null {
    const { intent, allowUnavailable: flagged = false } = template;
    if (lot.closed) return 'lot.closed';
    if (EXEMPT.includes(intent) || template.intoQuarantine) return null;
    if (lot.recalls > 0) return 'lot.recalled';
    const { expiryDate } = lot;
    if (expiryDate !== null && expiryDate < date && (intent === 'sale' || !flagged)) return 'lot.expired';
    const status = this.status(lot);
    const word = status?.intents[intent] ?? (status?.available === false ? 'deny' : 'allow');
    if (word === 'deny' && !flagged) return 'lot.unavailable';
    if (!lot.sellable && (intent === 'sale' || this.world.settings.sellableBlocks === 'all'))
      return 'lot.notSellable';
    const window = lot.item.lots?.blockDays ?? 0;
    const inside = expiryDate !== null && expiryDate >= date && expiryDate <= addDays(date, window);
    return window > 0 && inside && !flagged ? 'lot.unavailable' : null;
  }

  /** The first reason why a serial may not be taken, its lot aside (R45, R47). */
  refusalOf(serial: Serial, template: Use, own: readonly string[]): string | null {
    if (serial.closed) return 'serial.closed';
    if (serial.cancelled) return 'serial.cancelled';
    const exempt = EXEMPT.includes(template.intent) || template.intoQuarantine;
    if (serial.recalls > 0 && !exempt) return 'lot.recalled';
    const breaks = ['scrap', 'count'].includes(template.intent);
    const others = serial.hold !== null && !own.includes(serial.hold.document ?? '');
    return others && !breaks ? 'serial.reserved' : null;
  }

  /** What of a lot counts as available today, at one place or at all (R36, R42, R45, R124). */
  available(lot: Lot, place?: string): bigint {
    const { expiryDate } = lot;
    const blocked = lot.item.lots?.blockDays ?? 0;
    const soon = blocked > 0 && expiryDate !== null && expiryDate <= addDays(this.today, blocked);
    const expired = expiryDate !== null && expiryDate < this.today;
    if (lot.closed || lot.recalls > 0 || soon || expired || this.status(lot)?.available === false) return 0n;
    const claims = new Claims(this.holds);
    const places = lot.places();
    const free = (at: string): bigint => {
      const counts = this.placeCounts(at) && this.warehouse(at.split('|')[0] ?? '')?.kind !== 'transit';
      return counts ? most(lot.at(at) - claims.at(lot, at), 0n) : 0n;
    };
    const left = (warehouse: string): bigint => {
      const here = places.filter((at) => at.startsWith(`${warehouse}|`));
      return most(here.reduce((sum, at) => sum + free(at), 0n) - claims.anywhere(lot, warehouse), 0n);
    };
    if (place !== undefined) return least(free(place), left(place.split('|')[0] ?? ''));
    return this.world.warehouses.reduce((sum, { code }) => sum + left(code), 0n);
  }

  // --- posting numbers (R125) ---------------------------------------------------------------------------

  /** The number a posting gets, or undefined when the one it names is taken. */
  numberFor(warehouse: string, date: string, byHand?: number): number | undefined {
    const day = this.numbers.get(`${warehouse}|${date}`);
    if (byHand !== undefined) return day?.taken.has(byHand) ? undefined : byHand;
    let next = (day?.last ?? 0) + 1;
    while (day?.taken.has(next)) next++;
    return next;
  }

  takeNumber(warehouse: string, date: string, number: number, byHand: boolean): void {
    const id = `${warehouse}|${date}`;
    const day = this.numbers.get(id) ?? { last: 0, taken: new Set<number>() };
    day.taken.add(number);
    if (!byHand) day.last = number;
    this.numbers.set(id, day);
  }
}
