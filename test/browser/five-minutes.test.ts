/** “In five minutes” of the server's guide, word for word: its page, its command, a browser. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { build } from '../../scripts/build.mjs';
import { emptyIn } from '../cli/ledgers.ts';
import { newFolder, start } from '../cli/program.ts';
import { guideText } from '../guides/guide.ts';
import { browserTests, sharedBrowser } from './harness/index.ts';
import { PATIENCE } from './portal-served-kit.ts';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

browserTests('the five minutes of the guide', () => {
  beforeAll(async () => {
    expect(await build()).toBe(true);
  }, 300_000);

  test('one file and one command show the lots of a ledger, once the token is typed', async () => {
    const text = guideText('server');
    const [, page = ''] = /```html\n([\s\S]*?)```/.exec(text) ?? [];
    const [, command = ''] = /npx lotledger (serve .*)/.exec(text) ?? [];
    const cwd = newFolder();
    await emptyIn(join(cwd, 'lotledger-data'));
    writeFileSync(join(cwd, 'index.html'), page);
    const server = start([...command.split(' '), '--port', '0'], { cwd, main });
    const [, address = ''] = await server.says(/Your own pages are at (\S+)\./);
    const context = await (await sharedBrowser()).newContext({ viewport: { width: 1100, height: 700 } });
    try {
      const tab = await context.newPage();
      tab.setDefaultTimeout(PATIENCE);
      const asked: string[] = [];
      const errors: string[] = [];
      tab.on('pageerror', (error) => errors.push(String(error)));
      // the first time somebody mistypes it
      tab.on('dialog', (dialog) => {
        asked.push(dialog.message());
        void dialog.accept(asked.length === 1 ? 'a-token-of-yours' : 'a-token-of-mine');
      });
      await tab.goto(address);
      const rows = tab.locator('lot-register [data-row-id]');
      await rows.first().waitFor();
      expect(asked).toEqual(['Your token', 'Your token']);
      expect(await rows.count()).toBeGreaterThan(5);
      // the tab keeps it
      await tab.reload();
      await rows.first().waitFor();
      expect([asked.length, errors]).toEqual([2, []]);
      // a page that comes from elsewhere may load the scripts
      const script = await fetch(new URL('/lotledger-rest.js', address));
      expect([script.status, script.headers.get('access-control-allow-origin')]).toEqual([200, '*']);
      const etag = script.headers.get('etag') ?? '';
      const again = await fetch(script.url, { headers: { 'if-none-match': etag } });
      expect(again.status).toBe(304);
    } finally {
      await context.close();
    }
    server.child.kill('SIGTERM');
    expect((await server.ended).code).toBe(0);
  });
});
