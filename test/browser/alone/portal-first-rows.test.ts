/** How soon somebody who opens the portal for the first time has rows in front of them. */
import { expect, it } from 'vitest';
import { browserTests } from '../harness/index.ts';
import { rows, servePortal, visit } from '../portal-visit.ts';

servePortal();

browserTests('portal', () => {
  it('shows rows in the lots register of a fresh browser within ten seconds', async () => {
    const { page, errors, close } = await visit();
    await rows(page, 10_000);
    expect(await page.title()).toContain('Lots');
    expect(errors).toEqual([]);
    await close();
  });
});
