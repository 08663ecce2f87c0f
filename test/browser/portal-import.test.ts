/**
 * Importing deliveries in the portal into IndexedDB: verdicts, what failed as a file, cancel, a second run,
 * a reload and a killed browser; and the real file where it is at hand.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { browserTests, ownBrowser, profileFolder } from './harness/index.ts';
import { rows, servePortal, visit, visitIn } from './portal-visit.ts';

servePortal();

const head =
  'ID,ASN/DN #,Country,Delivered to Client Date,Product Group,Vendor,Item Description,Line Item Quantity,Manufacturing Site';

/** A file in which some rows cannot be used. */
const mixed = [
  head,
  '1,ASN-1,Italy,2-Jun-06,ARV,Acme,"Gloves, nitrile",10,Lyon',
  '2,ASN-1,Italy,2-Jun-06,ARV,Acme,Masks,20,Lyon',
  '3,ASN-2,Mali,2/6/06,ARV,Acme,Masks,20,Lyon',
  '4,ASN-3,Mali,2-Jun-06,ARV,=cmd|calc,Masks,many,Lyon',
  '5,ASN-4,Mali,2-Jun-69,ARV,Acme,Masks,5,',
  '6,ASN-5,Côte d’Ivoire,3-Jun-06,ARV,Bolt,Masks,7,',
].join('\r\n');

/** Deliveries without a fault, two lots each. */
const many = (deliveries: number): string =>
  [
    head,
    ...Array.from({ length: deliveries }, (_, i) =>
      [1, 2].map((n) => `${i}-${n},N-${i},Land ${i % 7},2006-06-0${(i % 9) + 1},ARV,Acme,Item ${i % 50},3,`),
    ).flat(),
  ].join('\n');

async function choose(page: Page, name: string, text: string | Buffer): Promise<void> {
  const buffer = typeof text === 'string' ? Buffer.from(text) : text;
  await page.setInputFiles('#file', { name, mimeType: 'text/csv', buffer });
  await page.waitForSelector('#start');
}

/** What the ledger of the open store holds. */
const held = (page: Page) =>
  page.evaluate(async () => {
    type List = (query: object) => Promise<{ total?: number; items: { onHand?: string }[]; next?: string }>;
    const { ledger } = document.querySelector('lot-ledger') as unknown as {
      ledger: Record<string, { list: List }> & { verify(): Promise<{ ok: boolean }> };
    };
    const count = async (name: string) =>
      (await ledger[name]?.list({ limit: 1, total: true, ...(name === 'lots' ? { filter: {} } : {}) }))
        ?.total;
    let units = 0n;
    let cursor: string | undefined;
    do {
      const found = await ledger.lots?.list({ limit: 500, ...(cursor ? { cursor } : {}) });
      for (const { onHand } of found?.items ?? []) units += BigInt(onHand ?? 0);
      cursor = found?.next;
    } while (cursor);
    return {
      postings: await count('postings'),
      lots: await count('lots'),
      items: await count('items'),
      warehouses: await count('warehouses'),
      units: String(units),
      verified: (await ledger.verify()).ok,
    };
  });

const ended = (page: Page, id = '#show-lots') => page.waitForSelector(id, { timeout: 110_000 });

browserTests('import of deliveries', () => {
  it('says what became of every row, and gives what failed back as a file', async () => {
    const { page, errors, close } = await visit('#/import');
    await page.waitForSelector('.drop');
    await choose(page, 'mixed.csv', mixed);
    expect(await page.inputValue('#map-deliveryNote')).toBe('ASN/DN #');
    expect(await page.inputValue('#map-quantity')).toBe('Line Item Quantity');
    expect(await page.locator('#target-here').isDisabled()).toBe(true);
    await page.click('#start');
    await ended(page);
    expect(await page.textContent('.done')).toContain('2 postings with 3 lots');
    const verdicts = await page.locator('.import tbody tr').allTextContents();
    expect(verdicts).toHaveLength(3);
    expect(verdicts[0]).toContain('“2/6/06” is no date');
    expect(verdicts[1]).toContain('“many” is no quantity');
    expect(verdicts[2]).toContain('after today');

    const [file] = await Promise.all([page.waitForEvent('download'), page.click('#save-failed')]);
    expect(file.suggestedFilename()).toBe('mixed-failed.csv');
    const saved = join(profileFolder(), 'failed.csv');
    await file.saveAs(saved);
    const lines = readFileSync(saved, 'utf8').split('\r\n');
    expect(lines).toHaveLength(4);
    expect(lines[2]).toContain(`'=cmd|calc`);

    await page.click('#verdict-posted');
    expect(await page.locator('.import tbody tr').allTextContents()).toEqual([
      expect.stringContaining('ASN-1-001'),
      expect.stringContaining('ASN-1-002'),
      expect.stringContaining('ASN-5-001'),
    ]);
    await page.click('#again');
    await page.waitForSelector('#verdict-known');
    expect(await page.textContent('.done')).toContain('0 postings');
    await page.click('#show-lots');
    await rows(page);
    expect(await held(page)).toMatchObject({ postings: 2, lots: 3, units: '37', verified: true });
    expect(errors).toEqual([]);
    await close();
  });

  it('asks for a column that it did not find, and refuses what is no CSV', async () => {
    const { page, close } = await visit('#/import');
    await page.waitForSelector('.drop');
    const buffer = Buffer.from(mixed.replace('Vendor', 'Who'));
    await page.setInputFiles('#file', { name: 'a.csv', mimeType: 'text/csv', buffer });
    await page.waitForSelector('.problem');
    expect(await page.textContent('.problem')).toContain('Supplier');
    expect(await page.getAttribute('#start', 'aria-disabled')).toBe('true');
    await page.selectOption('#map-supplier', 'Who');
    await page.waitForSelector('#start:not([aria-disabled])');
    await page.setInputFiles('#file', { name: 'a.xlsx', mimeType: 'text/csv', buffer });
    await page.waitForSelector('.problem');
    expect(await page.locator('#start').count()).toBe(0);
    await close();
  });

  it('stopped, it keeps what was posted, says so, and goes on where it was', async () => {
    const { page, errors, close } = await visit('#/import');
    await page.waitForSelector('.drop');
    await choose(page, 'many.csv', many(2_000));
    await page.click('#start');
    await page.click('#stop');
    await ended(page);
    const kept = (await held(page)).postings ?? 0;
    if (kept < 2_000) {
      expect(await page.textContent('.stack')).toContain('What was posted stays posted');
      expect(await page.locator('#verdict-missed').count()).toBe(1);
      await page.click('#again');
      await page.waitForSelector('.done', { timeout: 110_000 });
    }
    expect(await held(page)).toMatchObject({ postings: 2_000, lots: 4_000, units: '12000', verified: true });
    expect(errors).toEqual([]);
    await close();
  });

  it('a browser killed in the middle loses nothing that was acknowledged', async () => {
    const folder = profileFolder();
    const text = many(3_000);
    const first = await ownBrowser(folder);
    const { page } = await visitIn(first.context, '#/import');
    await page.waitForSelector('.drop');
    await choose(page, 'many.csv', text);
    await page.click('#start');
    const progress = page.locator('progress#progress');
    await progress.waitFor();
    await page.waitForFunction(
      () => ((document.querySelector('#progress') as HTMLProgressElement | null)?.value ?? 1e9) >= 256,
    );
    const acknowledged = await page.evaluate(
      () => (document.querySelector('#progress') as HTMLProgressElement | null)?.value ?? 0,
    );
    await first.kill();

    const second = await ownBrowser(folder);
    const again = await visitIn(second.context, '#/lots');
    await rows(again.page);
    const kept = await held(again.page);
    expect(kept.verified).toBe(true);
    expect(kept.postings).toBeGreaterThanOrEqual(acknowledged);
    expect(kept.lots).toBe(2 * (kept.postings ?? 0));
    await again.page.evaluate(() => {
      location.hash = '#/import';
    });
    await again.page.waitForSelector('.drop');
    await choose(again.page, 'many.csv', text);
    await again.page.click('#start');
    await again.page.waitForSelector('.done', { timeout: 110_000 });
    expect(await held(again.page)).toMatchObject({ postings: 3_000, lots: 6_000, verified: true });
    await second.close();
  });

  const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
  const real = join(process.env.LOTLEDGER_DATA ?? join(root, '../shared/data'), 'scms-deliveries.csv');
  const there = existsSync(real);
  it.skipIf(!there)(
    `the real file, whole after a reload${there ? '' : ' (skipped: no ../shared/data, no LOTLEDGER_DATA)'}`,
    async () => {
      const { page, errors, close } = await visit('#/import');
      await page.waitForSelector('.drop');
      await choose(page, 'scms-deliveries.csv', readFileSync(real));
      await page.click('#start');
      await ended(page);
      expect(await page.textContent('.done')).toContain('7,030 postings with 10,324 lots');
      const whole = {
        postings: 7_030,
        lots: 10_324,
        items: 184,
        warehouses: 43,
        units: '189265090',
        verified: true,
      };
      expect(await held(page)).toEqual(whole);
      await page.reload();
      await page.waitForSelector('.drop');
      expect(await held(page)).toEqual(whole);
      await page.click('#nav-to-lots');
      await rows(page);
      expect(errors).toEqual([]);
      await close();
    },
  );
});
