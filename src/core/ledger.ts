/**
 * The ledger as a host holds it, over any Ledger port: its resources, and what concerns it as a whole. It is
 * frozen and made of functions that need no `this`, so that a framework's proxies neither change nor break it.
 */
import type { Anchor, Verification } from './engine/verify.ts';
import { LedgerError } from './ports/errors.ts';
import type { ChangeEvent, LedgerCapabilities, LedgerPort, LedgerStatus } from './ports/ledger.ts';
import { createResources, type Resources } from './resources/index.ts';

/** An open ledger: its resources, and what concerns the ledger as a whole. */
export interface Ledger extends Resources {
  readonly capabilities: LedgerCapabilities;
  /** The port below the resources: commands and queries by name. */
  readonly port: LedgerPort;
  /**
   * Re-reads the journal, checks its chain, folds everything anew and compares.
   * @throws LedgerError command.unsupported where the ledger is kept elsewhere and cannot be proved from here
   * @example (await ledger.verify()).ok
   */
  verify(options?: { anchor?: Anchor }): Promise<Verification>;
  /** The journal's head, to be kept outside as an anchor for `verify`; `command.unsupported` as there. */
  head(): Promise<Anchor>;
  /** Hears of every commit after it is durable. Returns the way to stop. */
  subscribe(listener: (event: ChangeEvent) => void): () => void;
  /** The feed of changes, from a sequence number on. */
  changes(options?: { after?: number; signal?: AbortSignal }): AsyncIterable<ChangeEvent>;
  status(): LedgerStatus;
  close(): Promise<void>;
  /**
   * The same ledger through another port: for what stands between, such as a queue or a sign-in.
   * @example const slow = ledger.through((port) => ({ ...port, query: async (...q) => (await pause(), port.query(...q)) }));
   */
  through(between: (port: LedgerPort) => LedgerPort): Ledger;
}

/** A port that can prove itself, as the local engine can. */
interface Provable extends LedgerPort {
  verify(options?: { anchor?: Anchor }): Promise<Verification>;
  head(): Promise<Anchor>;
}

const elsewhere = (what: string): LedgerError =>
  new LedgerError('command.unsupported', { details: { what } });

/** A port as plain functions, whatever it is made of. */
function plainPort(port: LedgerPort): Provable {
  const { verify, head } = port as Partial<Provable>;
  return Object.freeze<Provable>({
    capabilities: port.capabilities,
    execute: (commands, options) => port.execute(commands, options),
    query: (name, args, options) => port.query(name, args, options),
    changes: (from) => port.changes(from),
    status: () => port.status(),
    subscribe: (listener) => port.subscribe(listener),
    watch: (listener) => port.watch?.(listener) ?? (() => {}),
    close: () => port.close(),
    async verify(options) {
      if (verify === undefined) throw elsewhere('verify');
      return verify.call(port, options);
    },
    async head() {
      if (head === undefined) throw elsewhere('head');
      return head.call(port);
    },
  });
}

/**
 * A ledger over a port.
 * @example const ledger = ledgerOver(myServersPort);
 */
export function ledgerOver(given: LedgerPort): Ledger {
  const port = plainPort(given);
  const resources = Object.entries(createResources(port)).map(([name, part]) => [name, Object.freeze(part)]);
  return Object.freeze<Ledger>({
    ...(Object.fromEntries(resources) as Resources),
    capabilities: port.capabilities,
    port,
    verify: port.verify,
    head: port.head,
    subscribe: port.subscribe,
    changes: port.changes,
    status: port.status,
    close: port.close,
    through: (between) => ledgerOver(between(port)),
  });
}
