/** The ledger as a host holds it: the same over any port, frozen, and unharmed by a framework's proxies. */
import { describe, expect, it } from 'vitest';
import { isReactive, reactive, readonly, ref, shallowReactive, toRaw } from 'vue';
import { memory } from '../../src/adapters/stores/memory/index.ts';
import {
  type Command,
  type LedgerAdapter,
  type LedgerPort,
  ledgerOver,
  openLedger,
} from '../../src/core/index.ts';

const objectsIn = (value: unknown, found = new Set<object>()): Set<object> => {
  if (typeof value !== 'object' || value === null || found.has(value)) return found;
  found.add(value);
  for (const part of Object.values(value)) objectsIn(part, found);
  return found;
};

describe('the frozen ledger', () => {
  it('is frozen with its resources and its port, and every method works without its object', async () => {
    const ledger = await openLedger(memory(), { actor: 'maria' });
    const parts = [
      ledger,
      ledger.port,
      ...Object.values(ledger).filter((part) => part !== ledger.capabilities),
    ];
    expect(parts.filter((part) => !Object.isFrozen(part) && typeof part !== 'function')).toEqual([]);
    const { create, list, get } = ledger.warehouses;
    await create({ code: 'MAIN' });
    expect((await list()).items[0]?.code).toBe('MAIN');
    expect((await get('MAIN')).code).toBe('MAIN');
    const { status, verify, head, subscribe, close, can } = ledger;
    const stop = subscribe(() => {});
    expect(status()).toEqual({ state: 'open', seq: 1 });
    expect(await verify()).toMatchObject({ ok: true });
    expect((await head()).seq).toBe(1);
    expect(await can([{ action: 'lot.reopen' }])).toEqual([true]);
    stop();
    await close();
    expect(() => Object.assign(ledger, { lots: null })).toThrow(TypeError);
  });

  it('has no method that needs this, in any resource', async () => {
    const ledger = await openLedger(memory());
    const methods = [...objectsIn(ledger)].flatMap((object) =>
      Object.entries(object).filter(([, value]) => typeof value === 'function'),
    );
    expect(methods.length).toBeGreaterThan(100);
    expect(methods.filter(([, method]) => /\bthis\b/.test(String(method))).map(([name]) => name)).toEqual([]);
  });

  it.each([
    ['ref', <T extends object>(value: T) => ref(value).value],
    ['reactive', <T extends object>(value: T) => reactive({ value }).value],
    ['readonly', <T extends object>(value: T) => readonly({ value }).value],
    ['shallowReactive', <T extends object>(value: T) => shallowReactive({ value }).value],
    ['reactive in an array', <T extends object>(value: T) => reactive([value])[0]],
  ])('is itself after Vue’s %s, and works', async (_, wrap) => {
    const ledger = await openLedger(memory());
    const wrapped = wrap(ledger) as typeof ledger;
    expect(toRaw(wrapped)).toBe(ledger);
    expect(wrapped).toBe(ledger);
    expect(isReactive(wrapped)).toBe(false);
    await wrapped.warehouses.create({ code: 'MAIN' });
    expect((await wrapped.port.query('warehouses.list', {})) as object).toMatchObject({
      items: [{ code: 'MAIN' }],
    });
  });

  it('works through a plain proxy', async () => {
    const ledger = new Proxy(await openLedger(memory()), {});
    await ledger.warehouses.create({ code: 'MAIN' });
    const events: number[] = [];
    const stop = ledger.subscribe(({ seq }) => events.push(seq));
    await ledger.warehouses.create({ code: 'NORD' });
    await expect.poll(() => events).toEqual([2]);
    stop();
    expect((await ledger.port.execute([])).length).toBe(0);
  });
});

describe('a ledger that is kept elsewhere', () => {
  /** A port whose methods need their object, as a class of a host's may. */
  class Elsewhere implements LedgerPort {
    readonly capabilities: LedgerPort['capabilities'];
    readonly commands: Command[] = [];
    readonly #inner: LedgerPort;

    constructor(inner: LedgerPort) {
      this.#inner = inner;
      this.capabilities = inner.capabilities;
    }

    execute(commands: readonly Command[], options?: { atomic?: boolean }) {
      this.commands.push(...commands);
      return this.#inner.execute(commands, options);
    }

    query(name: string, args: unknown) {
      return this.#inner.query(name, args);
    }

    changes(options?: { after?: number; signal?: AbortSignal }) {
      return this.#inner.changes(options);
    }

    status() {
      return this.#inner.status();
    }

    subscribe(listener: Parameters<LedgerPort['subscribe']>[0]) {
      return this.#inner.subscribe(listener);
    }

    close() {
      return this.#inner.close();
    }
  }

  const elsewhere = async (): Promise<{ adapter: LedgerAdapter; port: Elsewhere }> => {
    const port = new Elsewhere((await openLedger(memory(), { actor: 'server' })).port);
    return { port, adapter: { kind: 'ledger', name: 'erp', open: async () => port } };
  };

  it('opens as the same ledger: resources, feed, status, the actor’s name on what it sends', async () => {
    const { adapter, port } = await elsewhere();
    const ledger = await openLedger(adapter, { actor: 'maria' });
    expect(Object.keys(ledger).sort()).toEqual(Object.keys(await openLedger(memory())).sort());
    await ledger.warehouses.create({ code: 'MAIN' });
    await ledger.warehouses.create({ code: 'NORD' }, { actor: 'anna' });
    expect(port.commands.map(({ actor }) => actor)).toEqual(['maria', 'anna']);
    expect((await ledger.warehouses.list()).items).toHaveLength(2);
    const feed = ledger.changes({ after: 0 })[Symbol.asyncIterator]();
    expect((await feed.next()).value).toMatchObject({ seq: 1 });
    await feed.return?.();
    expect(ledger.status()).toEqual({ state: 'open', seq: 2 });
    await ledger.close();
    await expect(ledger.warehouses.list()).rejects.toMatchObject({ code: 'store.closed' });
  });

  it('names nobody where no actor is given', async () => {
    const { adapter, port } = await elsewhere();
    await (await openLedger(adapter)).warehouses.create({ code: 'MAIN' });
    expect(port.commands[0]).not.toHaveProperty('actor');
  });

  it('refuses what only the engine could follow, and what cannot be proved from here', async () => {
    const { adapter } = await elsewhere();
    for (const option of [{ permissions: [] }, { hooks: {} }, { now: () => new Date() }]) {
      const [path] = Object.keys(option);
      await expect(openLedger(adapter, option)).rejects.toMatchObject({ code: 'command.unsupported', path });
    }
    await expect(openLedger(adapter, { timeZone: 'Mars/Olympus' })).rejects.toMatchObject({
      path: 'timeZone',
    });
    const ledger = await openLedger(adapter);
    await expect(ledger.verify()).rejects.toMatchObject({ code: 'command.unsupported' });
    await expect(ledger.head()).rejects.toMatchObject({ code: 'command.unsupported' });
  });

  it('can have something in between, once or twice', async () => {
    const inner = await openLedger(memory());
    const asked: string[] = [];
    const counting = (name: string) => (port: LedgerPort) => ({
      ...port,
      query: (question: string, args: unknown) => {
        asked.push(`${name} ${question}`);
        return port.query(question, args);
      },
    });
    const ledger = inner.through(counting('inner')).through(counting('outer'));
    await ledger.warehouses.list();
    expect(asked).toEqual(['outer warehouses.list', 'inner warehouses.list']);
    expect(await ledger.verify()).toMatchObject({ ok: true });
    expect(ledgerOver(ledger.port).status()).toEqual(inner.status());
  });
});
