/** What the runs over all states share: the page, the looks, axe, and the list of what there is. */
import { controlStates, elementStates } from '../states/index.ts';
import { accessibility } from './axe.ts';
import { mistakes, openPage, type TestPage } from './harness/index.ts';

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

/** A page on which any state can be shown. */
export async function statesPage(): Promise<TestPage> {
  const opened = await openPage('states.html');
  await opened.page.setViewportSize({ width: 1360, height: 900 });
  await opened.page.locator('html[data-ready]').waitFor({ state: 'attached' });
  return opened;
}

/** Changes the look of what is shown, in place. */
export async function lookAt({ page, call }: TestPage, { name: _, forced, ...look }: Look): Promise<void> {
  // colours that fade from one look to the next would be looked at on their way
  await page.emulateMedia({ forcedColors: forced ? 'active' : 'none', reducedMotion: 'reduce' });
  await call('look', look);
}

/** What axe finds in the element. */
export const findings = (opened: TestPage): Promise<string[]> =>
  accessibility(opened, { within: '#stage', rules: ['label-content-name-mismatch'] });

/** Errors of a page; what an element tells its host is none. */
export const unexpected = (opened: TestPage): string[] =>
  mistakes(opened).filter((text) => !/status of|net::ERR_/.test(text));

/** Tag and states of every element. */
export const allStates = [...elementStates, ...controlStates];
