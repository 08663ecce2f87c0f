/**
 * A register in the flow of a page, defined late and answered late, with a paragraph below it: what stands there
 * must not move. `?rows=10&count=50&scroll=window&density=compact`; `count` is how many there are.
 */
import { fakeLedger } from './fake-ledger.ts';

const ask = new URLSearchParams(location.search);
const register = document.createElement(ask.get('tag') ?? 'lot-register');
for (const name of ['rows', 'scroll', 'density']) {
  const value = ask.get(name);
  if (value !== null) register.setAttribute(name, value);
}
const below = document.createElement('p');
below.textContent = 'Below the register';
const heading = document.createElement('h2');
heading.textContent = 'Lots of today';
document.body.append(heading, register, below);

/** Where the paragraph stood, each time it stood elsewhere, with what the page was at. */
const places: { at: string; top: number }[] = [];
let at = 'waiting';
const look = (): void => {
  const { top } = below.getBoundingClientRect();
  if (places.at(-1)?.top !== top) places.push({ at, top });
  requestAnimationFrame(look);
};
look();

let shifted = 0;
type Shift = PerformanceEntry & { readonly value: number };
new PerformanceObserver((list) => {
  for (const entry of list.getEntries() as Shift[]) shifted += entry.value;
}).observe({ type: 'layout-shift', buffered: true });

const frames = async (n: number): Promise<void> => {
  for (let i = 0; i < n; i++) await new Promise((resolve) => requestAnimationFrame(resolve));
};

Object.assign(window, {
  tests: {
    /** Defines the elements, then gives the ledger, which takes its time. */
    play: async () => {
      await frames(5);
      at = 'defining';
      await import('../../../src/components/define/index.ts');
      await frames(20);
      at = 'reading';
      const { ledger } = fakeLedger({ rows: Number(ask.get('count') ?? 50), state: '', wait: 400 });
      const element = register as HTMLElement & {
        ledger: unknown;
        ready: Promise<void>;
        settled: Promise<void>;
      };
      element.ledger = ledger;
      await element.ready;
      await element.settled;
      await frames(10);
    },
    places: () => places,
    shifted: () => shifted,
    rows: () => register.shadowRoot?.querySelectorAll('[data-row-id]').length,
  },
});
