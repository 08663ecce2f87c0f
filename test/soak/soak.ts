/**
 * The soak of servers: sixteen clerks post on the same ten lots through two server processes on one PostgreSQL,
 * over good lines, over bad ones, and while servers and database die; after each phase all of it is checked.
 */
import { rest } from '../../src/adapters/ledgers/rest/index.ts';
import { openLedger } from '../../src/core/index.ts';
import { Chance } from '../judge/chance.ts';
import { type Fault, type FaultyProxy, faults, faultyProxy } from '../remote/proxy.ts';
import { Book } from './book.ts';
import { checkAll } from './check.ts';
import { Clerk, noTally, type Tally } from './clerk.ts';
import { Fleet } from './fleet.ts';
import { Listener } from './listener.ts';
import { DAYS, ITEM, LOTS, pause, WAREHOUSE } from './words.ts';

const CLERKS = 16;
const SERVERS = 2;

/** What happens during a phase besides the work. */
export type Weather = 'calm' | 'bad lines' | 'kills';
export const weathers: readonly Weather[] = ['calm', 'bad lines', 'kills'];

/** What a phase came to. */
export interface Phase extends Tally {
  readonly weather: Weather;
  readonly faults: Readonly<Record<Fault | 'cut', number>>;
  readonly kills: number;
  readonly crashes: number;
  readonly conflicts: number;
  /** Entries in the journal at its end. */
  readonly entries: number;
  readonly seconds: number;
}

/** One request in so many goes wrong. */
const rates: Readonly<Record<Weather, number>> = { calm: 0, 'bad lines': 4, kills: 20 };

/** The item, the warehouse, the templates, and ten lots with something in them. */
async function furnish(url: string): Promise<void> {
  const ledger = await openLedger(rest(url, { headers: { authorization: 'Bearer house' } }));
  await ledger.items.create({ code: ITEM, unit: { code: 'PCE', decimals: 0 }, lots: {} });
  await ledger.warehouses.create({ code: WAREHOUSE });
  const both = { warehouse: WAREHOUSE, tracksLots: true, allowTopUp: true };
  await ledger.templates.create({ ...both, code: 'IN', type: 'load', intent: 'purchase' });
  await ledger.templates.create({ ...both, code: 'OUT', type: 'unload', intent: 'sale' });
  await ledger.close();
}

class Soak {
  readonly book = new Book();
  readonly #chance: Chance;
  readonly #fleet: Fleet;
  readonly #clerks: Clerk[] = [];
  readonly #proxies: FaultyProxy[] = [];
  readonly #listener = new Listener(this.book);
  #cuts = 0;

  constructor(seed: number, fleet: Fleet) {
    this.#chance = new Chance(seed);
    this.#fleet = fleet;
  }

  async open(): Promise<void> {
    await furnish(this.#fleet.url(0));
    for (let i = 0; i < CLERKS; i++) {
      const clerk = new Clerk(`clerk${i}`, this.#another(), this.book);
      await clerk.open(await this.#line(i % SERVERS));
      this.#clerks.push(clerk);
    }
    await this.#listener.open(await this.#line(0));
    await this.#stock();
  }

  async phase(weather: Weather, seconds: number): Promise<Phase> {
    const { kills, crashes, conflicts } = this.#fleet;
    const began = Date.now();
    const until = began + seconds * 1000;
    for (const clerk of this.#clerks) clerk.tally = noTally();
    for (const { counts } of this.#proxies) counts.clear();
    this.#cuts = 0;
    this.#rate(rates[weather]);
    let over = false;
    const work = this.#clerks.map((clerk) => clerk.work(() => !over));
    await this.#suffer(weather, until);
    this.#rate(0);
    over = true;
    await Promise.all(work);
    const took = (Date.now() - began) / 1000;
    const entries = await checkAll(this.book, this.#fleet, this.#listener);
    const fleet = this.#fleet;
    return {
      ...this.#tally(),
      weather,
      faults: this.#faults(),
      kills: fleet.kills - kills,
      crashes: fleet.crashes - crashes,
      conflicts: fleet.conflicts - conflicts,
      entries,
      seconds: took,
    };
  }

  async close(): Promise<void> {
    await Promise.all([this.#listener, ...this.#clerks].map((each) => each.close()));
    await Promise.all(this.#proxies.map((proxy) => proxy.close()));
  }

  /** A chance of its own for whoever acts by themselves. */
  #another(): Chance {
    return new Chance(this.#chance.below(2 ** 31));
  }

  /** A line that leads to one server mostly, and now and then to another one, as behind a balancer. */
  async #line(home: number): Promise<string> {
    const chance = this.#another();
    const target = (): string => this.#fleet.url(chance.oneIn(5) ? chance.below(SERVERS) : home);
    const proxy = await faultyProxy(target, chance);
    this.#proxies.push(proxy);
    return proxy.url;
  }

  #rate(rate: number): void {
    for (const proxy of this.#proxies) proxy.rate = rate;
  }

  /** Some of each lot, so that there is something to take from the start. */
  async #stock(): Promise<void> {
    const day = DAYS[0];
    const port = await rest(this.#fleet.url(0), { headers: { authorization: 'Bearer house' } }).open();
    for (const lot of LOTS) {
      const lines = [{ item: ITEM, quantity: '9', lots: [{ code: lot, quantity: '9' }] }];
      const args = { warehouse: WAREHOUSE, template: 'IN', date: day, lines };
      const command = { name: 'posting.post@1', id: `house-${lot}`, args };
      this.book.note('house', command, { kind: 'move', lot, day, by: 9 });
      for (const receipt of await port.execute([command])) this.book.tell(receipt);
    }
    await port.close();
  }

  async #suffer(weather: Weather, until: number): Promise<void> {
    const chance = this.#another();
    if (weather === 'calm') await pause(until - Date.now());
    if (weather === 'bad lines') await this.#cutLines(until, chance);
    if (weather === 'kills') await this.#killServers(until, chance);
  }

  async #cutLines(until: number, chance: Chance): Promise<void> {
    while (Date.now() < until) {
      await pause(chance.between(20, 300));
      chance.pick(this.#proxies).cut();
      this.#cuts += 1;
    }
  }

  /** One server after the other, sometimes both; in the middle of it the database. */
  async #killServers(until: number, chance: Chance): Promise<void> {
    const fleet = this.#fleet;
    const half = (Date.now() + until) / 2;
    let crashed = false;
    for (let next = 0; Date.now() < until || !crashed; next = (next + 1) % SERVERS) {
      await pause(chance.between(100, 1500));
      const victims = chance.oneIn(5) ? [0, 1] : [next];
      await Promise.all(victims.map((victim) => fleet.kill(victim)));
      await pause(chance.between(0, 800));
      await Promise.all(victims.map((victim) => fleet.restart(victim)));
      if (crashed || Date.now() < half) continue;
      await pause(chance.between(100, 800));
      await fleet.crash();
      crashed = true;
    }
  }

  #tally(): Tally {
    const sum = noTally();
    for (const { tally } of this.#clerks) {
      for (const key of Object.keys(sum) as (keyof Tally)[]) sum[key] += tally[key];
    }
    return sum;
  }

  #faults(): Phase['faults'] {
    const told = faults.map((fault): [Fault, number] => [
      fault,
      this.#proxies.reduce((sum, { counts }) => sum + (counts.get(fault) ?? 0), 0),
    ]);
    return { ...(Object.fromEntries(told) as Record<Fault, number>), cut: this.#cuts };
  }
}

/** Runs the phases one after the other; `told` hears of each. Answers what must not have been. */
export async function soak(
  seed: number,
  seconds: number,
  told: (phase: Phase) => void,
): Promise<readonly string[]> {
  const fleet = await Fleet.start(SERVERS);
  const run = new Soak(seed, fleet);
  try {
    await run.open();
    for (const weather of weathers) {
      told(await run.phase(weather, seconds));
      if (run.book.violations.length > 0) break;
    }
  } finally {
    await run.close();
    await fleet.close();
  }
  return run.book.violations;
}
