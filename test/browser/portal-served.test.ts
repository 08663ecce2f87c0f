/**
 * The portal on `lotledger serve`, with several browsers open: what one posts the others see, the server goes
 * and comes back, and nothing that was acknowledged is lost.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildProgram } from '../cli/program.ts';
import { browserTests } from './harness/index.ts';
import {
  line,
  listed,
  load,
  member,
  PATIENCE,
  Server,
  signIn,
  soon,
  type Visitor,
  visitor,
} from './portal-served-kit.ts';

const MARIA = 'maria=maria-secret';
const ANNA = 'anna=anna-secret';

browserTests('portal on serve', () => {
  let server: Server;
  let maria: Visitor;
  let anna: Visitor;

  beforeAll(async () => {
    await buildProgram({ pages: true });
    server = await Server.withDairy();
    await server.start(MARIA, ANNA);
    [maria, anna] = await Promise.all([member(server, 'maria-secret'), member(server, 'anna-secret')]);
  }, 300_000);

  afterAll(() => Promise.all([maria?.close(), anna?.close()]).then(() => undefined));

  it('shows in the other browser what one makes with a form, without a reload', async () => {
    const { page } = maria;
    await page.evaluate(() => {
      location.hash = '#/lots/new';
    });
    const field = (name: string) => page.locator(`lot-form [data-field="${name}"]`).locator('input').first();
    await field('item').fill('MILK');
    await page.locator('lot-form [role="option"]', { hasText: 'MILK' }).first().click();
    await field('code').fill('BY-FORM');
    await page.locator('lot-form [data-action="create"]').first().click();
    // a lot without stock stands among all of them
    await anna.page.locator('lot-register button', { hasText: 'All' }).first().click();
    await soon(() => listed(anna, 'BY-FORM')).toBe(true);
    await page.evaluate(() => {
      location.hash = '#/lots';
    });
    await page.waitForSelector('lot-register');
  });

  it('shows what the other posts, both ways', async () => {
    expect(await load(maria, 'FROM-MARIA', 'id-maria')).toBe('posted');
    expect(await load(anna, 'FROM-ANNA', 'id-anna')).toBe('posted');
    for (const browser of [maria, anna])
      for (const code of ['FROM-MARIA', 'FROM-ANNA']) await soon(() => listed(browser, code)).toBe(true);
  });

  it('says that the server was stopped, waits with what is posted, and goes on when it is back', async () => {
    expect(await server.end('SIGTERM')).toBe(0);
    await soon(() => line(maria)).toBe('offline');
    await soon(() => line(anna)).toBe('offline');
    expect(await maria.page.locator('#line').innerText()).toBe('The server is away');
    const posting = load(maria, 'WHILE-AWAY', 'id-away');
    const { lots } = await server.look();
    expect(lots).not.toContain('WHILE-AWAY');
    await server.start(MARIA, ANNA);
    await soon(() => line(maria)).toBe('open');
    await soon(() => line(anna)).toBe('open');
    // a machine that needs very long to start the server has the form say so, and its button send it again
    if ((await posting) !== 'posted') expect(await load(maria, 'WHILE-AWAY', 'id-away')).toBe('posted');
    await soon(() => listed(anna, 'WHILE-AWAY')).toBe(true);
  });

  it('loses nothing that was acknowledged when the server is killed, and doubles nothing', async () => {
    const acknowledged: string[] = [];
    let going = true;
    const work = async (browser: Visitor, name: string): Promise<void> => {
      for (let n = 0; going; n++) {
        const code = `${name}-${n}`;
        while ((await load(browser, code, `id-${code}`)) !== 'posted');
        acknowledged.push(code);
      }
    };
    const working = [work(maria, 'M'), work(anna, 'A')];
    await soon(() => acknowledged.length).toBeGreaterThan(6);
    await server.end('SIGKILL');
    const before = [...acknowledged];
    const between = await server.look();
    expect(between.ok).toBe(true);
    expect(before.filter((code) => !between.lots.includes(code))).toEqual([]);
    await server.start(MARIA, ANNA);
    await soon(() => acknowledged.length).toBeGreaterThan(before.length + 4);
    going = false;
    await Promise.all(working);
    const last = acknowledged.at(-1) ?? '';
    for (const browser of [maria, anna]) await soon(() => line(browser)).toBe('open');
    await anna.page.locator('lot-register input[type=search]').fill(last);
    await soon(() => listed(anna, last)).toBe(true);
    await server.end('SIGTERM');
    const { lots, notes, ok } = await server.look();
    expect(ok).toBe(true);
    expect(acknowledged.filter((code) => !lots.includes(code))).toEqual([]);
    const posted = notes.filter((note) => note !== null);
    expect(posted.length).toBe(new Set(posted).size);
    await server.start(MARIA, ANNA);
    console.info(
      `portal on serve: ${acknowledged.length} postings acknowledged around a kill, none lost, none doubled`,
    );
  });

  it('asks to sign in again when its token is no longer known, and then sends what waited', async () => {
    await soon(() => line(maria)).toBe('open');
    await server.end('SIGTERM');
    await server.start('maria=another-secret', 'anna=anna-secret-2');
    const posting = load(maria, 'HELD', 'id-held');
    const { page } = maria;
    await page.waitForSelector('#again-token');
    await page.fill('#again-token', 'anna-secret-2');
    await page.click('#again-enter');
    await page.waitForSelector('#again-problem .icon');
    expect(await page.locator('#again-problem').innerText()).toContain('This is the token of anna');
    await page.fill('#again-token', 'another-secret');
    await page.click('#again-enter');
    await page.waitForSelector('#again-token', { state: 'detached' });
    expect(await posting).toBe('posted');
    expect(maria.errors).toEqual([]);
  });

  it('keeps a visitor out without a token, for the tab or for good, and forgets on signing out', async () => {
    const guest = await visitor(server);
    const { page } = guest;
    await page.fill('#sign-in-token', 'nonsense');
    await page.click('#sign-in-enter');
    await page.waitForSelector('#sign-in-problem .icon');
    expect(await page.locator('#sign-in-problem').innerText()).toContain('does not know this token');
    await signIn(page, 'another-secret');
    await page.reload();
    await page.waitForSelector('#line[data-state="open"]');
    const second = await page.context().newPage();
    await second.goto(server.address);
    await second.waitForSelector('#sign-in-token');
    await signIn(second, 'another-secret', true);
    const third = await page.context().newPage();
    await third.goto(server.address);
    await third.waitForSelector('#line[data-state="open"]', { timeout: PATIENCE });
    expect(await third.locator('.user').getAttribute('aria-label')).toBe('Signed in as maria');
    await third.click('#sign-out');
    await third.waitForSelector('#sign-in-token');
    expect(guest.errors).toEqual([]);
    await guest.close();
    await server.end('SIGTERM');
  });
});
