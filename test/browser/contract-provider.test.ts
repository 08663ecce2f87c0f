/** Providers in a page: where they are found, what they share, what they pass on, and what survives a move. */
import { expect, it } from 'vitest';
import { browserTests, mistakes, openPage, type TestPage } from './harness/index.ts';

/** An expectation that is met by and by; the machine may be busy. */
const soon = <T>(ask: () => T | Promise<T>) => expect.poll(ask, { timeout: 30_000 });

interface Shown {
  readonly state: string;
  readonly ledger: number;
  readonly density: string;
  readonly language: string;
  readonly title: string;
  readonly heard: number;
  readonly sources: number;
  readonly held: boolean;
  readonly error?: string;
}

async function page(markup: string, ...define: string[]): Promise<TestPage> {
  const opened = await openPage('contract.html');
  await opened.call('define', ...(define.length > 0 ? define : ['provider', 'probe']));
  await opened.call('put', markup);
  return opened;
}
const show = (opened: TestPage, path?: string) => opened.call<Shown>('show', ...(path ? [path] : []));
const open = async (opened: TestPage, path?: string): Promise<Shown> => {
  await soon(async () => (await show(opened, path)).state).toBe('open');
  return show(opened, path);
};

/** Nothing went wrong that nobody expected. */
async function done(opened: TestPage): Promise<void> {
  expect(await opened.call('violations')).toEqual([]);
  expect(mistakes(opened)).toEqual([]);
  await opened.close();
}

browserTests('a provider is found', () => {
  it('when it is defined after the elements that need it, and by what it is set to before', async () => {
    const opened = await page(
      '<lot-ledger><x-probe></x-probe></lot-ledger><x-probe id="away" for="later"></x-probe>',
      'probe',
    );
    expect((await show(opened)).state).toBe('none');
    await opened.call('set', 'lot-ledger', { adapter: 'memory', density: 'compact', locale: 'it' });
    await opened.call('attribute', 'lot-ledger', 'id', 'later');
    await opened.call('define', 'provider');
    expect(await open(opened)).toMatchObject({ density: 'compact', language: 'it', title: 'Lotti' });
    expect(await open(opened, '#away')).toMatchObject({ density: 'compact', ledger: 1 });
    await done(opened);
  });

  it('by its id across shadow trees: the own root first, then outwards, then anywhere', async () => {
    const opened = await page('<div id="host"></div><div id="other"></div>');
    await opened.call('put', '<x-probe for="p"></x-probe>', '#host');
    const probe = '#host >>> x-probe';
    expect((await show(opened, probe)).state).toBe('none');
    await opened.call('put', '<lot-ledger id="p" adapter="memory" locale="it"></lot-ledger>', '#other');
    expect((await open(opened, probe)).language).toBe('it');
    await opened.call('set', 'main', { id: 'main' });
    await opened.call(
      'put',
      '<div id="host"></div><lot-ledger id="p" adapter="memory" locale="de"></lot-ledger>',
    );
    await opened.call('put', '<x-probe for="p"></x-probe>', '#host');
    expect((await open(opened, probe)).language).toBe('de');
    await opened.call(
      'put',
      '<lot-ledger id="p" adapter="memory" locale="fr"></lot-ledger><x-probe for="p"></x-probe>',
      '#host',
    );
    expect((await open(opened, probe)).language).toBe('fr');
    await done(opened);
  });

  it('when it is renamed, removed and put back', async () => {
    const opened = await page('<lot-ledger id="a" adapter="memory"></lot-ledger><x-probe for="b"></x-probe>');
    expect((await show(opened)).state).toBe('none');
    await opened.call('attribute', 'lot-ledger', 'id', 'b');
    expect((await open(opened)).ledger).toBe(1);
    await opened.call('attribute', 'lot-ledger', 'id', 'c');
    await soon(async () => (await show(opened)).state).toBe('none');
    await opened.call('attribute', 'x-probe', 'for', 'c');
    await open(opened);
    await opened.call('remove', 'lot-ledger');
    await soon(async () => (await show(opened)).state).toBe('none');
    await done(opened);
  });

  it('anew when an element moves from one to another, or out of both', async () => {
    const opened = await page(`
      <lot-ledger id="one" adapter="memory" locale="it"><x-probe></x-probe></lot-ledger>
      <lot-ledger id="two" adapter="memory" locale="de"></lot-ledger>
      <p></p>`);
    const first = await open(opened);
    await opened.call('move', 'x-probe', '#two');
    await soon(async () => (await show(opened)).language).toBe('de');
    expect((await open(opened)).ledger).not.toBe(first.ledger);
    await opened.call('move', 'x-probe', 'p');
    await soon(async () => (await show(opened)).state).toBe('none');
    await opened.call('move', 'x-probe', '#one');
    await soon(async () => (await show(opened)).ledger).toBe(first.ledger);
    await done(opened);
  });
});

browserTests('providers share', () => {
  const of = (id: string, more: string) =>
    `<lot-ledger id="${id}" adapter="counted" ${more}><x-probe id="in-${id}"></x-probe></lot-ledger>`;
  const counts = (opened: TestPage) => opened.call<Record<string, number>>('counts');

  it('one engine and one feed among those of one name, actor and zone, closed with the last', async () => {
    const opened = await page(
      [
        of('a', 'name="portal" actor="maria"'),
        of('b', 'name="portal" actor="maria" density="compact"'),
        of('c', 'name="portal" actor="anna"'),
        of('d', ''),
        of('e', ''),
      ].join(''),
    );
    const ledgers: number[] = [];
    for (const id of 'abcde') ledgers.push((await open(opened, `#in-${id}`)).ledger);
    expect(ledgers[1]).toBe(ledgers[0]);
    expect(new Set(ledgers).size).toBe(4);
    expect(await counts(opened)).toMatchObject({ opened: 4, closed: 0 });
    expect((await show(opened, '#in-b')).density).toBe('compact');
    await opened.call('create', 'MAIN', '#in-a');
    await soon(async () => (await show(opened, '#in-b')).heard).toBe(1);
    expect((await show(opened, '#in-c')).heard).toBe(0);
    await opened.call('remove', '#a');
    await opened.call('remove', '#d');
    await soon(async () => (await counts(opened)).closed).toBe(1);
    await opened.call('create', 'NORD', '#in-b');
    await soon(async () => (await show(opened, '#in-b')).heard).toBe(2);
    await opened.call('remove', '#b');
    await soon(async () => (await counts(opened)).closed).toBe(2);
    await done(opened);
  });

  it('nothing with a feed that is off: elements read when asked', async () => {
    const opened = await page(of('a', 'name="x"') + of('b', 'name="x" feed="off"'));
    await open(opened, '#in-a');
    await open(opened, '#in-b');
    await opened.call('create', 'MAIN', '#in-b');
    await soon(async () => (await show(opened, '#in-a')).heard).toBe(1);
    expect((await show(opened, '#in-b')).heard).toBe(0);
    await done(opened);
  });

  it('and a move within the page closes and opens nothing', async () => {
    const opened = await page(`${of('a', 'name="portal"')}<section></section>`);
    const before = await open(opened, '#in-a');
    await opened.call('move', '#a', 'section');
    await opened.call('removeAndBack', '#a');
    await opened.call('attribute', '#a', 'density', 'compact');
    await soon(async () => (await show(opened, '#in-a')).density).toBe('compact');
    expect(await show(opened, '#in-a')).toMatchObject({ ledger: before.ledger, sources: before.sources });
    expect(await counts(opened)).toMatchObject({ opened: 1, closed: 0 });
    await done(opened);
  });

  it('and another actor or zone is another ledger; the same words again are not', async () => {
    const opened = await page(of('a', 'name="portal" actor="maria"'));
    const { ledger } = await open(opened, '#in-a');
    await opened.call('attribute', '#a', 'actor', 'maria');
    await opened.call('set', '#a', { permissions: undefined, locale: 'it' });
    await soon(async () => (await show(opened, '#in-a')).language).toBe('it');
    expect(await counts(opened)).toMatchObject({ opened: 1 });
    await opened.call('attribute', '#a', 'actor', 'anna');
    await soon(async () => (await counts(opened)).opened).toBe(2);
    await soon(async () => (await show(opened, '#in-a')).ledger).not.toBe(ledger);
    await soon(async () => (await counts(opened)).closed).toBe(1);
    await done(opened);
  });

  it('a ledger the host opened, which stays the host’s own', async () => {
    const opened = await page('<lot-ledger id="a"><x-probe id="in-a"></x-probe></lot-ledger>');
    await opened.call('give', '#a');
    const { ledger } = await open(opened, '#in-a');
    expect(await opened.call('ready', '#a')).toEqual({ same: true, frozen: true });
    await opened.call('removeAndBack', '#a');
    expect((await open(opened, '#in-a')).ledger).toBe(ledger);
    await opened.call('create', 'MAIN', '#in-a');
    await soon(() => opened.call('outcomes')).toEqual(['MAIN']);
    await done(opened);
  });
});

browserTests('a provider says', () => {
  it('an inner one takes over language, density, texts and links unless it says otherwise', async () => {
    const opened = await page(`
      <lot-ledger adapter="memory">
        <script type="application/json">
          { "locale": "it", "density": "compact", "links": { "lot": "/lots/{code}" },
            "labels": { "it": { "lots.title": "Partite" }, "lots.title": "Batches" } }
        </script>
        <lot-ledger adapter="memory" id="inner"><x-probe></x-probe></lot-ledger>
      </lot-ledger>`);
    const outer = { density: 'compact', language: 'it', title: 'Partite' };
    expect(await open(opened)).toMatchObject(outer);
    expect(await opened.call('link', { kind: 'lot', id: 'x', code: 'A 1' })).toBe('/lots/A%201');
    await opened.call('attribute', '#inner', 'locale', 'en');
    await opened.call('set', '#inner', { density: 'comfortable', links: { lot: '/mine/{id}' } });
    await soon(() => show(opened)).toMatchObject({
      density: 'comfortable',
      language: 'en',
      title: 'Batches',
    });
    expect(await opened.call('link', { kind: 'lot', id: 'x', code: 'A 1' })).toBe('/mine/x');
    await opened.call('set', 'x-probe', {
      labels: { 'lots.title': 'My lots' },
      locale: 'it',
      density: 'tiny',
    });
    await soon(() => show(opened)).toMatchObject({ title: 'My lots', density: 'comfortable' });
    await done(opened);
  });

  it('what its JSON child says, late, changed and under its attributes; what it cannot use is told once', async () => {
    const opened = await openPage('contract.html');
    const warnings: string[] = [];
    opened.page.on('console', (message) => {
      if (message.type() === 'warning') warnings.push(message.text());
    });
    await opened.call('define', 'provider', 'probe');
    await opened.call('put', '<lot-ledger density="compact"><x-probe></x-probe></lot-ledger>');
    expect((await show(opened)).state).toBe('opening');
    const script = (
      text: string,
    ) => `<lot-ledger density="compact"><script type="application/json">${text}</script>
      <x-probe></x-probe></lot-ledger>`;
    await opened.call(
      'put',
      script('{ "adapter": "memory", "density": "comfortable", "locale": "it", "colour": 1, "feed": 2 }'),
    );
    expect(await open(opened)).toMatchObject({ density: 'compact', language: 'it' });
    await opened.call(
      'text',
      'lot-ledger > script',
      '{ "adapter": "memory", "time-zone": "Europe/Rome", "locale": "de" }',
    );
    await soon(async () => (await show(opened)).language).toBe('de');
    await opened.call('text', 'lot-ledger > script', '{ "adapter": ');
    await soon(() => warnings.filter((text) => text.includes('cannot be read')).length).toBe(1);
    const about = warnings.filter((text) => text.startsWith('<lot-ledger>'));
    expect(about.filter((text) => text.includes('"colour"'))).toHaveLength(1);
    expect(about.filter((text) => text.includes('feed cannot be 2'))).toHaveLength(1);
    await done(opened);
  });

  it('what it cannot open, in the reader’s language, and opens what is registered later', async () => {
    const opened = await page('<lot-ledger adapter="erp" locale="it"><x-probe></x-probe></lot-ledger>');
    await soon(() => show(opened)).toMatchObject({ state: 'failed', error: 'adapter.unknown' });
    await soon(() => opened.call('events')).toContainEqual({
      name: 'lot-error',
      cloneable: true,
      from: '',
      detail: {
        code: 'adapter.unknown',
        kind: 'unsupported',
        message: expect.stringContaining('l’adattatore “erp”'),
      },
    });
    await opened.call('register', 'erp');
    await open(opened);
    await soon(() => opened.call('events')).toContainEqual(expect.objectContaining({ name: 'lot-ready' }));
    await done(opened);
  });

  it('the host’s lists, links, roles, texts and extensions', async () => {
    const opened = await page('<lot-ledger adapter="memory"><x-probe></x-probe></lot-ledger>');
    await opened.call('host');
    await open(opened);
    expect(await opened.call('found', 'milk')).toEqual([{ code: 'MILK', description: 'The host’s own' }]);
    expect(await opened.call('asks', 'lot.reopen')).toBe('Only with a reason');
    expect(await opened.call('asks', 'posting.reverse')).toBe(false);
    expect(await opened.call('asks', 'expired.force')).toBe(false);
    expect(await opened.call('columns')).toEqual(['code', 'item', 'celsius']);
    await opened.call('set', 'x-probe', { fields: ['celsius', 'code'] });
    expect(await opened.call('columns')).toEqual(['celsius', 'code']);
    expect(await opened.call('link', { kind: 'item', id: 'i', code: 'MILK' })).toBe('#MILK');
    expect(await opened.call('follow', 0)).toBe(false);
    expect(await opened.call('follow', 1)).toBe(false);
    expect(await opened.call('follow', 0, true)).toBe(false);
    const asked = (await opened.call<{ name: string }[]>('events')).filter(({ name }) => name === 'lot-open');
    expect(asked).toEqual([
      { name: 'lot-open', detail: { kind: 'lot', id: 'x1', code: 'A1' }, cloneable: true, from: '' },
    ]);
    await opened.call('takeOver');
    expect(await opened.call('follow', 0)).toBe(true);
    await done(opened);
  });
});
