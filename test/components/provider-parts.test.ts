/** The parts of a provider that need no page: texts, links, permissions, lists, configuration, the feed. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ChangeEvent, Ledger } from '../../src/components/core.ts';
import { engineKey, goodConfig, sameLedger } from '../../src/components/provider/config.ts';
import { listen, sameFeed } from '../../src/components/provider/hub.ts';
import { inherited } from '../../src/components/provider/inherit.ts';
import { labelsFor } from '../../src/components/provider/labels.ts';
import { followLink, hrefOf } from '../../src/components/provider/links.ts';
import { lookupOf } from '../../src/components/provider/lookups.ts';
import { Permissions } from '../../src/components/provider/may.ts';
import type { Can, Labels, Links } from '../../src/components/provider/types.ts';

const tag = { localName: 'lot-register' } as Element;
const quiet = () => vi.spyOn(console, 'warn').mockImplementation(() => {});
afterEach(() => vi.restoreAllMocks());

describe('labels', () => {
  const provider: Labels = { 'lots.title': 'Batches', it: { 'lots.title': 'Partite', 'lots.new': 'Nuova' } };

  it('are those of everybody, then of the language, then of the region, then the element’s', () => {
    expect(labelsFor([provider], 'en')).toEqual({ 'lots.title': 'Batches' });
    expect(labelsFor([provider], 'it-CH')).toEqual({ 'lots.title': 'Partite', 'lots.new': 'Nuova' });
    const swiss = { 'it-CH': { 'lots.title': 'Lotti CH' } };
    expect(labelsFor([{ ...provider, ...swiss }], 'it-CH')).toMatchObject({ 'lots.title': 'Lotti CH' });
    expect(labelsFor([provider, { 'lots.title': 'Mine' }], 'it')).toMatchObject({ 'lots.title': 'Mine' });
  });

  it('may have plural forms, and what is no text is told and left out', () => {
    const wrong: string[] = [];
    const plural = { one: '{n} batch', other: '{n} batches' };
    const odd = { 'lots.count': plural, 'lots.title': 7, it: { 'lots.new': null, x: 1 } } as never;
    expect(labelsFor([odd, 'labels' as never], 'it', (key) => wrong.push(key))).toEqual({
      'lots.count': plural,
    });
    expect(wrong).toEqual(['lots.title', 'it.lots.new', 'it.x', 'labels']);
  });
});

describe('links', () => {
  const lot = { kind: 'lot', id: 'x1', code: 'A 1/ü' } as const;
  const href = (links: Links, ref: Parameters<typeof hrefOf>[2] = lot) => hrefOf(tag, links, ref);

  it('fill templates with what is meant, encoded, or ask a function', () => {
    expect(href({ lot: '/lots/{code}?id={id}' })).toBe('/lots/A%201%2F%C3%BC?id=x1');
    expect(href({ lot: ({ code, id }) => `#${id}-${code.length}` })).toBe('#x1-5');
    expect(href({ serial: '/s/{code}' })).toBeUndefined();
    expect(href({ lot: '/{item}/{code}' })).toBeUndefined();
    expect(href({ lot: '/{item}/{code}' }, { ...lot, item: 'MILK' })).toBe('/MILK/A%201%2F%C3%BC');
  });

  it('17 are never scripts, and what fails is told once and gives no link', () => {
    const warn = quiet();
    expect(href({ lot: 'javascript:alert({id})' })).toBeUndefined();
    expect(href({ lot: () => JSON.parse('{') })).toBeUndefined();
    expect(href({ lot: 7 as never })).toBeUndefined();
    href({ lot: () => JSON.parse('{') });
    expect(warn).toHaveBeenCalledTimes(2);
  });

  it('ask the host before they are followed; a click with a modifier is the browser’s', () => {
    const element = new EventTarget() as HTMLElement;
    const opened: unknown[] = [];
    let take = false;
    element.addEventListener('lot-open', (event) => {
      opened.push((event as CustomEvent).detail);
      if (take) event.preventDefault();
    });
    const click = (more: object = {}) => ({ button: 0, preventDefault: vi.fn(), ...more }) as never;
    const plain = click();
    followLink(element, plain, lot);
    expect((plain as { preventDefault: unknown }).preventDefault).not.toHaveBeenCalled();
    take = true;
    followLink(element, plain, lot);
    expect((plain as { preventDefault: unknown }).preventDefault).toHaveBeenCalledOnce();
    for (const more of [{ button: 1 }, { ctrlKey: true }, { metaKey: true }, { shiftKey: true }]) {
      followLink(element, click(more), lot);
    }
    followLink(element, click(), { kind: 'item', id: 'i', code: 'i' });
    expect(opened).toEqual([lot, lot]);
  });
});

describe('may', () => {
  const ledgerWith = (allowed: (action: string) => boolean) => {
    const can = vi.fn(async (acts: readonly { action: string }[]) =>
      acts.map(({ action }) => allowed(action)),
    );
    return { ledger: { can } as unknown as Ledger, can };
  };
  const permissions = (can: Can | undefined, ledger?: Ledger) => {
    const failed: unknown[] = [];
    const changed = vi.fn();
    const made = new Permissions({ can, ledger, changed, failed: (error) => failed.push(error) });
    return { made, changed, failed };
  };

  it('is the host’s word and the ledger’s; asked together, answered once', async () => {
    const { ledger, can } = ledgerWith((action) => action !== 'posting.reverse');
    const host = vi.fn((act: { action: string }) => (act.action === 'x' ? 'Ask Anna' : act.action !== 'y'));
    const { made, changed } = permissions(host, ledger);
    const acts = ['posting.reverse', 'lot.reopen', 'x', 'y'].map((action) => ({ action }));
    expect(acts.map((act) => made.ask(act))).toEqual([undefined, undefined, undefined, false]);
    await made.idle();
    expect(acts.map((act) => made.ask(act))).toEqual([false, true, 'Ask Anna', false]);
    expect(can).toHaveBeenCalledOnce();
    expect(host).toHaveBeenCalledTimes(4);
    expect(changed).toHaveBeenCalledOnce();
  });

  it('takes an object, promises, and no ledger', async () => {
    const { made } = permissions({ a: false, b: async () => 'Later', c: () => false });
    const all = () => ['a', 'b', 'c', 'd'].map((action) => made.ask({ action }));
    expect(all()).toEqual([false, undefined, false, true]);
    await made.idle();
    expect(all()).toEqual([false, 'Later', false, true]);
  });

  it('17 that fails offers nothing and is told; a ledger that cannot say refuses by itself', async () => {
    const broken = { can: () => Promise.reject(new Error('no')) } as unknown as Ledger;
    const { made, failed } = permissions(
      ({ action }) => (action === 'a' ? Promise.reject(new Error('late')) : JSON.parse('{')),
      broken,
    );
    made.ask({ action: 'a' });
    expect(made.ask({ action: 'b' })).toBe(false);
    await made.idle();
    expect(made.ask({ action: 'a' })).toBe(false);
    expect(failed).toHaveLength(2);
    const open = permissions(undefined, broken);
    open.made.ask({ action: 'c' });
    await open.made.idle();
    expect(open.made.ask({ action: 'c' })).toBe(true);
  });
});

it('a host’s list is asked with a signal and a limit, and its answers are checked', async () => {
  const warn = quiet();
  const asked: unknown[] = [];
  const items = {
    search: async (text: string, options: unknown) => {
      asked.push(text, options);
      return [{ code: 'A', description: 'Milk' }, { name: 'no code' }, { code: 'B' }] as never;
    },
  };
  const { signal } = new AbortController();
  const source = lookupOf(tag, { items }, 'items');
  expect(await source?.search('mi', { signal, limit: 1 })).toEqual([{ code: 'A', description: 'Milk' }]);
  expect(asked).toEqual(['mi', { signal, limit: 1 }]);
  expect(await source?.get(['A'])).toEqual([]);
  expect(lookupOf(tag, { items: {} as never }, 'items')).toBeUndefined();
  expect(lookupOf(tag, undefined, 'items')).toBeUndefined();
  expect(warn).toHaveBeenCalledTimes(2);
});

describe('configuration', () => {
  it('17 keeps what can be used and tells the rest once, by its name', () => {
    const warn = quiet();
    const values = { 'time-zone': 'Europe/Rome', density: 'tiny', colour: 'red', permissions: [1], name: '' };
    expect(goodConfig(tag, values)).toEqual({ timeZone: 'Europe/Rome' });
    goodConfig(tag, values);
    expect(warn.mock.calls.map(([text]) => text)).toEqual([
      '<lot-register>: its density cannot be "tiny".',
      '<lot-register>: its configuration has no "colour".',
      '<lot-register>: its permissions cannot be [1].',
    ]);
  });

  it('shares a ledger by adapter, name, actor and zone; without a name it is nobody else’s', () => {
    const portal = { adapter: 'memory', name: 'portal', actor: 'maria', timeZone: 'Europe/Rome' };
    expect(engineKey({ ...portal, density: 'compact', feed: 'off' })).toBe(engineKey(portal));
    expect(engineKey({ ...portal, actor: 'anna' })).not.toBe(engineKey(portal));
    expect(engineKey({ adapter: 'memory' })).toBeUndefined();
    expect(engineKey({ adapter: 'indexeddb' })).toBeDefined();
    expect(sameLedger({ adapter: 'memory' }, { adapter: 'memory', locale: 'it' })).toBe(true);
    expect(sameLedger({ adapter: 'memory' }, { adapter: 'memory', actor: 'x' })).toBe(false);
  });

  it('of an inner provider takes over all but the ledger, by kind and by layer', () => {
    const outer = {
      contract: 1,
      version: '1',
      state: 'open',
      ledger: {} as Ledger,
      locale: 'it',
      density: 'compact',
      timeZone: 'Europe/Rome',
      links: { lot: '/l/{code}', item: '/i/{code}' },
      labels: [{ 'lots.title': 'Outer' }],
    } as const;
    const own = { state: 'opening', locale: 'de', links: { lot: '/x/{code}' }, labels: { it: {} } } as const;
    expect(inherited(own, outer)).toEqual({
      state: 'opening',
      locale: 'de',
      density: 'compact',
      links: { lot: '/x/{code}', item: '/i/{code}' },
      labels: [{ 'lots.title': 'Outer' }, { it: {} }],
    });
  });
});

it('one subscription serves all who listen, and ends with the last; a fault of one stops nobody', () => {
  const listeners = new Set<(event: ChangeEvent) => void>();
  const ledger = {
    subscribe: (listener: (event: ChangeEvent) => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  } as unknown as Ledger;
  const through = { subscribe: () => expect.fail('it has the feed of the other') } as unknown as Ledger;
  sameFeed(through, ledger);
  const reported = vi.fn();
  vi.stubGlobal('reportError', reported);
  const heard: string[] = [];
  const stops = [
    listen(ledger, () => JSON.parse('{')),
    listen(ledger, () => heard.push('a')),
    listen(through, () => heard.push('b')),
  ];
  expect(listeners.size).toBe(1);
  for (const tell of listeners) tell({ seq: 1, touched: [] });
  expect(heard).toEqual(['a', 'b']);
  expect(reported).toHaveBeenCalledOnce();
  for (const stop of [...stops, ...stops]) stop();
  expect(listeners.size).toBe(0);
  listen(ledger, () => {})();
  expect(listeners.size).toBe(0);
  vi.unstubAllGlobals();
});
