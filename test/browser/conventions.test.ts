/** Conventions that every element keeps in a page, asked of each one by the same questions. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { elementStates } from '../states/index.ts';
import { browserTests, openPage, type TestPage } from './harness/index.ts';

const tags = elementStates.map(({ tag }) => tag);
const registers = tags.filter((tag) => tag.endsWith('-register'));

/** An expectation that is met by and by; the machine may be busy. */
const soon = <T>(ask: () => T | Promise<T>) => expect.poll(ask, { timeout: 20_000 });

async function open(path: string): Promise<TestPage> {
  const opened = await openPage(path);
  await opened.page.locator('html[data-ready]').waitFor({ state: 'attached' });
  return opened;
}

browserTests('conventions before the upgrade', () => {
  let opened: TestPage;
  beforeAll(async () => {
    opened = await open('upgrade.html');
    await opened.call('define');
  });
  afterAll(() => opened.close());

  it('convention 15: properties set before the definition are the properties after it', async () => {
    const defined = await opened.call<string[]>('tags');
    expect(defined).toEqual(expect.arrayContaining(['lot-ledger', ...tags]));
    for (const tag of defined) expect.soft(await opened.call('lost', tag), tag).toEqual([]);
  });

  it('convention 15: an element that was there first shows what a later one shows', async () => {
    for (const tag of await opened.call<string[]>('drawing')) {
      await opened.call('later', tag);
      // what is counted in the background comes when it comes
      await soon(async () => {
        const [first, later] = await opened.call<[string, string]>('both', tag);
        return first === later && first.length > 20 ? 'the same' : `${first} | ${later}`;
      }).toBe('the same');
    }
  });
});

browserTests('conventions in a page', () => {
  let opened: TestPage;
  beforeAll(async () => {
    opened = await open('conventions.html');
  });
  afterAll(() => opened.close());

  /** What the live region says, once it says something like this. */
  async function said(wanted: RegExp): Promise<string> {
    await soon(() => opened.call<string>('said')).toMatch(wanted);
    return opened.call('said');
  }

  it('convention 14: flags are false at first and named after the other state', async () => {
    const flags = await opened.call<Record<string, unknown>>('flags');
    expect(Object.keys(flags).length).toBeGreaterThan(10);
    expect(Object.entries(flags).filter(([, value]) => value !== false)).toEqual([]);
    expect(Object.keys(flags).filter((name) => / (is|has|no|not|show|enable)[A-Z]/.test(name))).toEqual([]);
  });

  it.each(tags)('convention 17: %s keeps a bad value, says so at most once, and goes on', async (tag) => {
    type Misuse = { changed: string[]; trouble: string[]; warned: string[] };
    const { changed, trouble, warned } = await opened.call<Misuse>('misuse', tag);
    expect.soft(changed).toEqual([]);
    expect.soft(trouble).toEqual([]);
    expect.soft(warned.filter((text, i) => warned.indexOf(text) !== i)).toEqual([]);
    expect.soft(warned.filter((text) => !text.includes(`<${tag}>`))).toEqual([]);
  });

  it.each(tags)('convention 18: %s leaves its host’s properties alone', async (tag) => {
    expect(await opened.call('owned', tag)).toEqual([]);
  });

  it.each(tags)(
    'convention 27: what is typed into %s stays inside, what has a modifier passes',
    async (tag) => {
      const { fields, plain, modified } = await opened.call<{
        fields: number;
        plain: string[];
        modified: number;
      }>('typing', tag);
      expect(plain).toEqual([]);
      expect(modified).toBe(fields);
      expect(await opened.call('keysHeard')).toEqual([]);
    },
  );

  it.each(tags)(
    'convention 34: %s needs no style sheet, takes the page’s font and its tokens',
    async (tag) => {
      const look = await opened.call<Record<string, string>>('looks', tag);
      expect(look.plain).toBe('rgb(255, 255, 255)');
      expect(look.fontFamily).toContain('Portal Sans');
      expect([look.backgroundColor, look.color]).toEqual(['rgb(1, 2, 3)', 'rgb(250, 251, 252)']);
    },
  );

  it.each(tags)('convention 36: a reset of the page does not reach the inside of %s', async (tag) => {
    expect((await opened.call<Record<string, string>>('looks', tag)).borderTopWidth).toBe('1px');
  });

  it.each(tags)('convention 37: %s is gone when it is hidden, whatever the page says', async (tag) => {
    expect((await opened.call<Record<string, string>>('looks', tag)).display).toBe('none');
  });

  it.each(tags)('convention 54: %s follows the language of the page while it stands there', async (tag) => {
    const { english, italian, back, fresh } = await opened.call<Record<string, string>>('languages', tag);
    expect(italian).not.toBe(english);
    expect(fresh).toBe(italian);
    expect(back).toBe(english);
  });

  it.each(tags)(
    'convention 54: %s takes the nearest language across shadow roots, and its own before it',
    async (tag) => {
      const { around, own } = await opened.call<{ around: string; own: string }>('nested', tag);
      expect([around, own]).toEqual(['it', 'en-GB']);
    },
  );

  it.each(tags)(
    'convention 60: %s leaves nothing behind after two hundred visits',
    { timeout: 300_000 },
    async (tag) => {
      type Churn = { open: Record<string, number>; before: Record<string, number>; listeners: number };
      const { open: left, before, listeners } = await opened.call<Churn>('churn', tag, 200);
      expect.soft(listeners, 'of the ledger').toBe(0);
      expect.soft(left).toEqual(before);
      await soon(async () => {
        await opened.page.requestGC();
        return (await opened.call<number>('alive')) <= 2;
      }).toBe(true);
    },
  );

  it('convention 56: over the wire go decimal texts and ISO dates, whatever language is typed', async () => {
    await opened.page.evaluate(() => {
      document.documentElement.lang = 'it';
    });
    await opened.call('show', 'lot-form', 'item-chosen');
    await opened.call('fill', 'expiryDate', '24/12/2026');
    await opened.call('fill', 'code', 'M-24');
    await opened.call('press', 'create');
    type Call = { kind: string; args: unknown; state: string };
    const sent = (await opened.call<Call[]>('calls')).filter(({ kind }) => kind === 'execute');
    expect(JSON.stringify(sent.map(({ args }) => args))).toContain('"expiryDate":"2026-12-24"');
    expect(sent.map(({ state }) => state)).toEqual(['answered']);
    await opened.page.evaluate(() => {
      document.documentElement.lang = 'en';
    });
  });

  it('convention 57: a newer question gives up the older one, and the last one is what is shown', async () => {
    type Call = { names: string[]; state: string; args: { search?: string } };
    const older = async () =>
      (await opened.call<Call[]>('calls')).filter(
        ({ names, args }) => names.includes('lots.list') && args.search === 'M-26',
      );
    await opened.call('show', 'lot-register', 'fifty-rows');
    // longer than anybody waits: its answer cannot come before the newer question
    await opened.call('latency', 300_000);
    await opened.call('search', 'M-26');
    await soon(async () => (await older()).length).toBeGreaterThan(0);
    await opened.call('latency', 0);
    await opened.call('search', 'R-26003');
    await soon(() => opened.call('rows')).toEqual(['R-26003']);
    expect(new Set((await older()).map(({ state }) => state))).toEqual(new Set(['aborted']));
  });

  it.each(registers)('convention 21: %s is ready when its first rows are on the screen', async (tag) => {
    expect(await opened.call<number>('rowsWhenReady', tag)).toBeGreaterThan(10);
  });

  it.each(registers)(
    'convention 45: %s tells a screen reader how large it is and where each row and column stands',
    async (tag) => {
      await opened.call('show', tag, 'fifty-rows');
      const grid = await opened.call<Record<string, unknown>>('grid');
      expect(grid).toMatchObject({ role: 'treegrid', busy: 'false', selectable: 'true' });
      expect(grid.rowcount).toBeGreaterThan(50);
      expect(grid.rows).toEqual(Array.from({ length: 50 }, (_, i) => i + 3));
      expect(grid.columns).toEqual(Array.from({ length: Number(grid.colcount) }, (_, i) => i + 1));
      expect(grid.sorted).toEqual(expect.arrayContaining([expect.stringMatching(/^(as|des)cending$/)]));
      expect(grid.unselected).toBe(50);
    },
  );

  it.each(registers)('convention 46: %s is one stop of the tab key', async (tag) => {
    await opened.call('show', tag, 'fifty-rows');
    expect((await opened.call<Record<string, unknown>>('grid')).stops).toBe(1);
  });

  it.each(registers)(
    'convention 48: %s says in one live region what was found, sorted and chosen',
    async (tag) => {
      await opened.call('show', tag, 'fifty-rows');
      expect(await opened.call('regions')).toBe(1);
      await opened.call('search', 'nothing is called this');
      const nothing = await said(/^(0|no) /i);
      await opened.call('search', '');
      await said(/sorted by/i);
      await opened.call('selectFirst');
      expect(await said(/1 .*(selected|chosen)/i)).not.toBe(nothing);
    },
  );

  it.each(registers)('convention 58: %s has every state', (tag) => {
    const names = elementStates.find((each) => each.tag === tag)?.states.map(({ name }) => name) ?? [];
    const wanted = [
      'loading',
      'empty',
      'empty-filtered',
      'error',
      'offline',
      'forbidden',
      'fifty-rows',
      'one-row',
    ];
    expect(names).toEqual(expect.arrayContaining(wanted));
  });
});
