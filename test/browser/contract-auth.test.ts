/** A session that ends: calls wait for the sign-in and are sent again, under the same ids; and going offline. */
import { expect, it } from 'vitest';
import { browserTests, openPage, type TestPage } from './harness/index.ts';

const soon = <T>(ask: () => T | Promise<T>) => expect.poll(ask, { timeout: 30_000 });

interface Heard {
  readonly name: string;
  readonly detail: unknown;
  readonly cloneable: boolean;
  readonly from: string;
}
interface Call {
  readonly kind: string;
  readonly ids: readonly string[];
  readonly state: string;
}

async function page(more = ''): Promise<TestPage> {
  const opened = await openPage('contract.html');
  await opened.call('serve');
  await opened.call('define', 'provider', 'probe');
  await opened.call(
    'put',
    `<lot-ledger id="a" adapter="server" url="/erp" csrf-meta="csrf-token" csrf-header="X-Token" ${more}>
       <x-probe></x-probe></lot-ledger>`,
  );
  await opened.call('set', '#a', { headers: { authorization: 'nobody' } });
  await soon(async () => (await opened.call<{ state: string }>('show')).state).toBe('open');
  return opened;
}

const auth = async (opened: TestPage): Promise<Heard[]> =>
  (await opened.call<Heard[]>('events')).filter(({ name }) => name === 'lot-auth-required');
const ids = async (opened: TestPage): Promise<string[]> =>
  (await opened.call<Call[]>('calls')).filter(({ kind }) => kind === 'execute').flatMap((call) => call.ids);
const held = async (opened: TestPage): Promise<boolean> =>
  (await opened.call<{ held: boolean }>('show')).held;

browserTests('a session that ended', () => {
  it('has its calls held, and sent once more under the same ids when headers are set anew', async () => {
    const opened = await page();
    await opened.call('create', 'MAIN');
    await soon(async () => (await auth(opened)).length).toBe(1);
    expect((await auth(opened))[0]).toMatchObject({
      detail: { code: 'session.required', held: 1 },
      cloneable: true,
      from: 'a',
    });
    await soon(() => held(opened)).toBe(true);
    await opened.call('create', 'NORD');
    expect(await opened.call('outcomes')).toEqual([]);
    await opened.call('set', '#a', { headers: { authorization: 'maria' } });
    await soon(async () => (await opened.call<string[]>('outcomes')).sort()).toEqual(['MAIN', 'NORD']);
    const sent = await ids(opened);
    expect(sent).toHaveLength(3);
    expect(new Set(sent).size).toBe(2);
    expect(await held(opened)).toBe(false);
    expect(await auth(opened)).toHaveLength(1);
    expect((await opened.call<object[]>('requests')).at(-1)).toEqual({
      authorization: 'maria',
      'X-Token': 't0ken',
    });
    await opened.close();
  });

  it('asks again as long as nobody is known, and lets calls fail when the host gives up', async () => {
    const opened = await page();
    await opened.call('create', 'MAIN');
    await soon(async () => (await auth(opened)).length).toBe(1);
    await opened.call('resume', '#a');
    await soon(async () => (await auth(opened)).length).toBe(2);
    await opened.call('resume', '#a', false);
    await soon(() => opened.call('outcomes')).toEqual(['session.required']);
    expect(await held(opened)).toBe(false);
    await opened.call('set', '#a', { headers: { authorization: 'maria' } });
    await opened.call('create', 'MAIN');
    await soon(() => opened.call('outcomes')).toEqual(['session.required', 'MAIN']);
    await opened.close();
  });

  it('lets calls fail at once when the host prevents it', async () => {
    const opened = await page();
    await opened.page.evaluate(() =>
      document.addEventListener('lot-auth-required', (event) => event.preventDefault()),
    );
    await opened.call('create', 'MAIN');
    await soon(() => opened.call('outcomes')).toEqual(['session.required']);
    expect(await held(opened)).toBe(false);
    await opened.close();
  });

  it('is one for all providers that share the ledger: one may sign in for the other', async () => {
    const opened = await page('name="erp"');
    await opened.page.evaluate(() => {
      const other = document.createElement('lot-ledger');
      for (const { name, value } of [...(document.querySelector('#a')?.attributes ?? [])]) {
        other.setAttribute(name, value);
      }
      other.id = 'b';
      document.querySelector('main')?.append(other);
    });
    await opened.call('ready', '#b');
    await opened.call('create', 'MAIN');
    await soon(async () => (await auth(opened)).map(({ from }) => from).sort()).toEqual(['a', 'b']);
    await opened.call('set', '#b', { headers: { authorization: 'maria' } });
    await soon(() => opened.call('outcomes')).toEqual(['MAIN']);
    await opened.close();
  });
});

browserTests('a line that dies', () => {
  it('is told once, as it goes and as it comes back', async () => {
    const opened = await page();
    await opened.call('set', '#a', { headers: { authorization: 'maria' } });
    await opened.call('create', 'MAIN');
    await soon(() => opened.call('outcomes')).toEqual(['MAIN']);
    const status = async () =>
      (await opened.call<{ name: string; detail: { state: string } }[]>('events'))
        .filter(({ name }) => name === 'lot-status-change')
        .map(({ detail }) => detail.state);
    await opened.call('fallIll', true);
    await opened.call('create', 'NORD');
    await opened.call('create', 'SUD');
    await soon(status).toEqual(['offline']);
    await opened.call('fallIll', false);
    await opened.call('create', 'EST');
    await soon(status).toEqual(['offline', 'open']);
    await opened.close();
  });
});
