/** What axe says of a page that has come to rest: nothing is judged half-way between two looks. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export interface AxeOptions {
  /** Selector of what is looked at; the whole page unless said. */
  readonly within?: string;
  /** Rules to look for beside those that axe looks for by itself. */
  readonly rules?: readonly string[];
}

interface Violation {
  readonly id: string;
  readonly nodes: readonly {
    readonly target: unknown;
    readonly html: string;
    readonly failureSummary?: string;
  }[];
}

const HTML_SHOWN = 200;

/** Waits until everything that moves for a while has arrived, in shadow roots too; what moves for ever may go on. */
export async function atRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const roots = (root: Document | ShadowRoot): (Document | ShadowRoot)[] => [
      root,
      ...[...root.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot ? roots(shadowRoot) : [])),
    ];
    const moving = () =>
      roots(document)
        .flatMap((root) => root.getAnimations())
        .filter(
          ({ playState, effect }) =>
            playState === 'running' && effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY,
        );
    for (let all = moving(); all.length > 0; all = moving())
      await Promise.allSettled(all.map(({ finished }) => finished));
  });
}

/** What axe finds, whole: the rule, where, the element and why. */
export async function accessibility(
  { page }: { readonly page: Page },
  { within, rules = [] }: AxeOptions = {},
): Promise<string[]> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(source);
  await atRest(page);
  const options = {
    resultTypes: ['violations'],
    rules: Object.fromEntries(rules.map((rule) => [rule, { enabled: true }])),
  };
  const where = within === undefined ? 'document' : JSON.stringify(within);
  const run = `axe.run(${where}, ${JSON.stringify(options)})`;
  const found = (await page.evaluate(`${run}.then(({ violations }) => violations)`)) as readonly Violation[];
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, html, failureSummary }) => {
      const why = failureSummary?.split('\n').at(-1)?.trim() ?? '';
      return `${id}: ${JSON.stringify(target)} ${html.slice(0, HTML_SHOWN)} ${why}`;
    }),
  );
}
