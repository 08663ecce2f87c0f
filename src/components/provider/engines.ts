/**
 * Open ledgers, shared: providers that ask for the same one, or are given the same one, have one engine, one
 * feed and one hold for calls among them. The last to go closes what was opened here.
 */
import type { Ledger, LedgerProblem, LedgerStatus } from '../core.ts';
import { Hold } from './holding.ts';
import { sameFeed } from './hub.ts';

/** A provider as its engine knows it. */
export interface Tenant {
  /** The host's headers for a request; undefined where this provider has none. */
  headers(): Promise<Readonly<Record<string, string>> | undefined>;
  /** Nobody is signed in; false = calls are not to be held. */
  signedOut(problem: LedgerProblem, waiting: number): boolean;
  /** Calls are held, or no longer. */
  heldChanged(): void;
  statusChanged(status: LedgerStatus): void;
}

const headersOf = async (tenants: ReadonlySet<Tenant>): Promise<Readonly<Record<string, string>>> => {
  for (const tenant of [...tenants].reverse()) {
    const headers = await tenant.headers();
    if (headers !== undefined) return headers;
  }
  return {};
};

/** One open ledger and those who use it. */
export class Engine {
  readonly tenants = new Set<Tenant>();
  readonly hold: Hold;
  /** The ledger as elements get it, once it is open. */
  readonly ledger: Promise<Ledger>;
  readonly #status: { state?: string; reason?: string | undefined } = {};

  constructor(open: (headers: () => Promise<Readonly<Record<string, string>>>) => Promise<Ledger>) {
    this.hold = new Hold(
      (problem) => this.#signedOut(problem),
      () => void this.ledger.then((ledger) => this.#compare(ledger)),
      () => this.#tellHeld(),
    );
    this.ledger = open(() => headersOf(this.tenants)).then((ledger) => this.#held(ledger));
    // whoever waits for it hears of the failure
    this.ledger.catch(() => {});
  }

  /** Sends what was held, or gives it up. */
  resume(go?: boolean): void {
    if (!this.hold.holds) return;
    this.hold.resume(go);
    this.#tellHeld();
  }

  #tellHeld(): void {
    for (const tenant of [...this.tenants]) tenant.heldChanged();
  }

  #held(ledger: Ledger): Ledger {
    // a ledger that somebody made by hand may have no port
    if (typeof ledger.through !== 'function') return ledger;
    const held = ledger.through((port) => this.hold.between(port));
    sameFeed(held, ledger);
    this.#compare(held, false);
    ledger.port.watch?.(() => this.#compare(held));
    return held;
  }

  #signedOut(problem: LedgerProblem): boolean {
    const answers = [...this.tenants].map((tenant) => tenant.signedOut(problem, this.hold.waiting));
    const hold = answers.length > 0 && !answers.includes(false);
    if (hold && this.hold.holds) this.#tellHeld();
    return hold;
  }

  #compare(ledger: Ledger, tell = true): void {
    const status = ledger.status();
    const { state, reason } = status;
    if (this.#status.state === state && this.#status.reason === reason) return;
    Object.assign(this.#status, { state, reason });
    if (tell) for (const tenant of [...this.tenants]) tenant.statusChanged(status);
  }
}

/** A provider's share of an engine. */
export interface Lease {
  readonly engine: Engine;
  release(): void;
}

const opened = new Map<string, Engine>();
const given = new WeakMap<Ledger, Engine>();

/**
 * Takes part in the engine of a key, or opens it. Without a key it is nobody else's.
 * @param open opens the ledger, asking for headers before each request
 */
export function takeEngine(
  key: string | undefined,
  tenant: Tenant,
  open: (headers: () => Promise<Readonly<Record<string, string>>>) => Promise<Ledger>,
): Lease {
  const engine = (key === undefined ? undefined : opened.get(key)) ?? new Engine(open);
  if (key !== undefined) opened.set(key, engine);
  engine.tenants.add(tenant);
  const forget = (): void => {
    if (key !== undefined && opened.get(key) === engine) opened.delete(key);
  };
  // what could not be opened is tried anew by whoever asks next
  engine.ledger.catch(forget);
  return {
    engine,
    release() {
      if (!engine.tenants.delete(tenant) || engine.tenants.size > 0) return;
      forget();
      engine.ledger.then((ledger) => ledger.close()).catch(() => {});
    },
  };
}

/** Takes part in a ledger that the host opened; it stays the host's to close. */
export function takeGiven(ledger: Ledger, tenant: Tenant): Lease {
  const engine = given.get(ledger) ?? new Engine(async () => ledger);
  given.set(ledger, engine);
  engine.tenants.add(tenant);
  return {
    engine,
    release() {
      if (engine.tenants.delete(tenant) && engine.tenants.size === 0) engine.hold.resume(false);
    },
  };
}
