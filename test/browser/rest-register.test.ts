/** The register over REST in a real browser, against a server on loopback that changes, goes and comes back. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { browserTests, openPage, type PageOptions, type TestPage } from './harness/index.ts';
import { fill, load, type RestServer, restServer } from './rest-server.ts';

const soon = <T>(ask: () => T | Promise<T>) => expect.poll(ask, { timeout: 60_000 });

interface Heard {
  readonly name: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

let server: RestServer;
let pages: TestPage[];

browserTests('a register over REST', () => {
  beforeEach(async () => {
    server = await restServer();
    server.tokens.set('m1', 'maria').set('u1', 'ugo');
    await fill(server.ledger);
    pages = [];
  });
  afterEach(async () => {
    for (const page of pages) await page.close();
    await server.stop();
  });

  async function page(token?: string, options: PageOptions = {}, more: object = {}): Promise<TestPage> {
    const opened = await openPage('rest.html', options);
    pages.push(opened);
    await opened.call('show', server.url, token, more);
    return opened;
  }
  const text = (of: TestPage): Promise<string> => of.call<string>('text');
  const heard = async (of: TestPage, name: string): Promise<Heard['detail'][]> =>
    (await of.call<Heard[]>('events')).filter((event) => event.name === name).map(({ detail }) => detail);
  const outcomes = (of: TestPage): Promise<string[]> => of.call<string[]>('outcomes');

  it('shows in one page what another one posts, by whoever is signed in there', async () => {
    const [maria, ugo] = [await page('m1'), await page('u1')];
    await maria.call('ready');
    await ugo.call('load', 'L-UGO');
    await soon(() => outcomes(ugo)).toEqual(['L-UGO by ugo']);
    await soon(() => text(maria)).toContain('L-UGO');
    await soon(() => text(ugo)).toContain('L-UGO');
  });

  it('polls where the host says so', async () => {
    const maria = await page('m1', {}, { feed: 'poll' });
    await maria.call('ready');
    await load(server.ledger, 'L-POLL');
    await soon(() => text(maria)).toContain('L-POLL');
    expect(server.feeds).toEqual([]);
  });

  it('goes on when the server went down and came back', async () => {
    const maria = await page('m1');
    await load(server.ledger, 'L-BEFORE');
    await maria.call('ready');
    await soon(() => text(maria)).toContain('L-BEFORE');
    await soon(() => server.feeds.length).toBe(1);
    await server.stop();
    await soon(() => heard(maria, 'lot-status-change')).toEqual([
      expect.objectContaining({ state: 'offline', reason: 'store.unavailable' }),
    ]);
    await maria.call('load', 'L-HELD');
    await load(server.ledger, 'L-MEANWHILE');
    await server.start();
    await soon(() => outcomes(maria)).toEqual(['L-HELD by maria']);
    await soon(() => text(maria)).toMatch(/L-HELD.*L-MEANWHILE|L-MEANWHILE.*L-HELD/);
    await soon(async () => (await heard(maria, 'lot-status-change')).at(-1)?.state).toBe('open');
    expect(await text(maria)).toContain('L-BEFORE');
    const lots = await server.ledger.lots.list({ filter: { code: 'L-HELD' } });
    expect(lots.items.map(({ onHand }) => onHand)).toEqual(['1']);
  });

  it('holds calls when the sign-in is over, and sends them after the next, once', async () => {
    const maria = await page('m1');
    await maria.call('ready');
    server.tokens.delete('m1');
    await maria.call('load', 'L-1');
    await soon(() => heard(maria, 'lot-auth-required')).toHaveLength(1);
    await maria.call('load', 'L-2');
    server.tokens.set('m2', 'maria');
    await maria.call('signIn', 'm2');
    await soon(async () => (await outcomes(maria)).sort()).toEqual(['L-1 by maria', 'L-2 by maria']);
    await soon(() => text(maria)).toMatch(/L-1.*L-2|L-2.*L-1/);
    // the feed too
    await load(server.ledger, 'L-3');
    await soon(() => text(maria)).toContain('L-3');
    expect((await server.ledger.lots.list({ total: true })).total).toBe(3);
  });

  it('opens when somebody signs in who was not when the page came', async () => {
    await load(server.ledger, 'L-1');
    const nobody = await page();
    await soon(() => heard(nobody, 'lot-auth-required')).toEqual([{ code: 'session.required', held: 0 }]);
    await nobody.call('signIn', 'm1');
    await nobody.call('ready');
    await soon(() => text(nobody)).toContain('L-1');
  });

  it('says what is wrong with the address', async () => {
    const opened = await openPage('rest.html');
    pages.push(opened);
    const missing = `${new URL(opened.page.url()).origin}/test/browser/pages`;
    await opened.call('show', missing);
    await soon(() => heard(opened, 'lot-error')).toEqual([
      expect.objectContaining({ code: 'server.unknown' }),
    ]);
  });

  it('without an address is not opened', async () => {
    const opened = await openPage('rest.html');
    pages.push(opened);
    await opened.call('show', '');
    await soon(() => heard(opened, 'lot-error')).toEqual([
      expect.objectContaining({ code: 'field.required', path: 'url' }),
    ]);
  });
});

browserTests('tabs over REST', () => {
  beforeEach(async () => {
    server = await restServer();
    server.tokens.set('m1', 'maria').set('m2', 'maria').set('u1', 'ugo');
    await fill(server.ledger);
    pages = [];
  });
  afterEach(async () => {
    for (const page of pages) await page.close();
    await server.stop();
  });

  async function tab(token: string, of?: TestPage, insecure = false): Promise<TestPage> {
    const opened = await openPage('rest.html', { ...(of ? { context: of.context } : {}), insecure });
    pages.unshift(opened);
    await opened.call('show', server.url, token);
    await opened.call('ready');
    return opened;
  }
  const text = (of: TestPage): Promise<string> => of.call<string>('text');

  it('share one connection to the feed, and another has it when one is closed', async () => {
    const one = await tab('m1');
    const two = await tab('m2', one);
    await soon(() => server.feeds).toEqual(['m1']);
    await load(server.ledger, 'L-1');
    await soon(() => text(one)).toContain('L-1');
    await soon(() => text(two)).toContain('L-1');
    expect(server.feeds).toEqual(['m1']);
    await one.page.close();
    await soon(() => server.feeds).toEqual(['m2']);
    await load(server.ledger, 'L-2');
    await soon(() => text(two)).toContain('L-2');
  });

  it('of another sign-in have a connection of their own', async () => {
    const one = await tab('m1');
    const ugo = await tab('u1', one);
    await soon(() => [...server.feeds].sort()).toEqual(['m1', 'u1']);
    await load(server.ledger, 'L-1');
    await soon(() => text(one)).toContain('L-1');
    await soon(() => text(ugo)).toContain('L-1');
  });
});
