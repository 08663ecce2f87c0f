/** What the runs over all states share: the page, the looks, axe, and the list of what there is. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { controlStates, elementStates } from '../states/index.ts';
import { openPage, type TestPage } from './harness/index.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** How a state is looked at. */
export interface Look {
  readonly name: string;
  readonly theme?: 'light' | 'dark';
  readonly dir?: 'rtl';
  readonly density?: 'compact';
  readonly forced?: true;
}

/** Every look of convention 51. */
export const looks: readonly Look[] = [
  { name: 'light' },
  { name: 'dark', theme: 'dark' },
  { name: 'forced colours', forced: true },
  { name: 'right-to-left', dir: 'rtl' },
  { name: 'compact', density: 'compact' },
];

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** A page on which any state can be shown; axe is there. */
export async function statesPage(): Promise<TestPage> {
  const opened = await openPage('states.html');
  await opened.page.setViewportSize({ width: 1360, height: 900 });
  await opened.page.locator('html[data-ready]').waitFor({ state: 'attached' });
  await opened.page.evaluate(axe);
  return opened;
}

/** Changes the look of what is shown, in place. */
export async function lookAt({ page, call }: TestPage, { name: _, forced, ...look }: Look): Promise<void> {
  // colours that fade from one look to the next would be looked at on their way
  await page.emulateMedia({ forcedColors: forced ? 'active' : 'none', reducedMotion: 'reduce' });
  await call('look', look);
}

/** What axe finds in the element, as `rule: element`. */
export async function accessibility({ page }: TestPage): Promise<string[]> {
  const options = {
    resultTypes: ['violations'],
    rules: { 'label-content-name-mismatch': { enabled: true } },
  };
  const run = `axe.run('#stage', ${JSON.stringify(options)}).then((result) => result.violations)`;
  const violations = (await page.evaluate(run)) as readonly Violation[];
  return violations.map(({ id, nodes: [first, ...others] }) => {
    const why = first?.failureSummary?.split('\n').at(-1)?.trim() ?? '';
    return `${id} (${others.length + 1}): ${first?.html.slice(0, 200)} ${why}`;
  });
}

/** Errors of a page; Lit's hint at its development build, and what an element tells its host, are none. */
export const mistakes = ({ errors }: TestPage): string[] =>
  errors.filter((text) => !/Lit is in dev mode|status of|net::ERR_/.test(text));

/** Tag and states of every element. */
export const allStates = [...elementStates, ...controlStates];
