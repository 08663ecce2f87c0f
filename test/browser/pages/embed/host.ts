/**
 * What the pages of hosts share: a dairy's ledger in memory, a host's own column and action, a record of what
 * reaches the page, and a look at whether styles leak in or out. Nothing of the elements is imported here,
 * so that a page decides when they come.
 */
import type { Ledger } from 'lotledger';
import type { Extension } from '../../../../src/components/extensions/types.ts';
import { dairyMasters } from '../small-dairy.ts';

/** A ledger as the host opens it: one item and three lots of it. */
export async function dairy(): Promise<Ledger> {
  const [{ openLedger }, { memory }] = await Promise.all([
    import('lotledger'),
    import('lotledger/adapters/memory'),
  ]);
  const ledger = await openLedger(memory(), {
    actor: 'maria',
    timeZone: 'Europe/Rome',
    now: () => new Date('2026-11-22T09:00:00Z'),
  });
  await fill(ledger);
  return ledger;
}

/** Master data and three loads. */
export async function fill(ledger: Ledger): Promise<void> {
  await dairyMasters(ledger);
  for (const [day, quantity] of Object.entries({ 18: '120', 19: '80.5', 20: '64' })) {
    await ledger.postings.post({
      warehouse: 'MAIN',
      template: 'LOA',
      date: `2026-11-${day}`,
      lines: [{ item: 'RICOTTA', quantity, location: 'A-01', lots: 'auto' }],
    });
  }
}

interface Sensor {
  readonly celsius: string;
}
interface Row {
  readonly id: string;
  readonly code: string;
}

/** A column and an action of the host's own, on lots. */
export const coldChain: Extension<Row, Sensor> = {
  id: 'cold-chain',
  on: 'lot',
  load: async (lots) =>
    Object.fromEntries(lots.map(({ id, code }) => [id, { celsius: `3.${Number(code)}` }])),
  fields: [
    {
      key: 'temperature',
      label: 'Temperature',
      type: 'number',
      value: (_lot, data) => data?.celsius ?? null,
    },
  ],
  actions: [
    {
      id: 'print-shelf',
      label: 'Print shelf label',
      scope: 'row',
      run: ({ records }) => void heard.push({ name: 'print-shelf', detail: records[0]?.code }),
    },
  ],
};

/** What reached the page, by name. */
export const heard: { readonly name: string; readonly detail: unknown }[] = [];

/** Writes down every event of ours that reaches the page, and what the policy forbids. */
export function listen(): void {
  for (const name of ['lot-open', 'lot-create', 'lot-ready', 'lot-error']) {
    document.addEventListener(name, (event) => heard.push({ name, detail: (event as CustomEvent).detail }));
  }
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, sourceFile }) => {
    heard.push({ name: 'violation', detail: `${violatedDirective} ${sourceFile}` });
  });
}

const looks = (element: Element | null | undefined): Record<string, string> =>
  element
    ? Object.fromEntries([...getComputedStyle(element)].map((name) => [name, styleOf(element, name)]))
    : {};

const styleOf = (element: Element, name: string): string => getComputedStyle(element).getPropertyValue(name);

/**
 * Everything computed for the host's own body, heading and button, when the page has come to rest; what size they
 * have is left out.
 */
export async function hostLook(): Promise<string> {
  if (document.readyState !== 'complete') await new Promise((done) => addEventListener('load', done));
  await Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => undefined)));
  const sizes = /^(block|inline|height|width|perspective-origin|transform-origin)/;
  return JSON.stringify(
    ['body', 'h1', '#own', '#own-field'].map((selector) =>
      Object.entries(looks(document.querySelector(selector))).filter(([name]) => !sizes.test(name)),
    ),
  );
}

/** What of an element a host's style sheet must not change, as the browser computed it. */
export function innerLook(element: Element | null): Record<string, string> {
  const inside = (selector: string): Element | null | undefined =>
    element?.shadowRoot?.querySelector(selector);
  const asked: Record<string, readonly [string, readonly string[]]> = {
    frame: [
      '[part~="base"]',
      ['border-top-width', 'border-top-style', 'font-size', 'line-height', 'display'],
    ],
    cell: ['td', ['padding-inline-start', 'border-bottom-style', 'text-align', 'vertical-align']],
    row: ['tr[data-row-id]', ['height']],
    field: ['input', ['border-top-width', 'border-top-style', 'height', 'box-sizing']],
    button: ['button', ['border-top-style', 'height', 'cursor', 'box-sizing']],
    table: ['table', ['border-collapse', 'margin-bottom']],
  };
  return Object.fromEntries(
    Object.entries(asked).flatMap(([name, [selector, properties]]) => {
      const found = inside(selector);
      return found ? properties.map((property) => [`${name} ${property}`, styleOf(found, property)]) : [];
    }),
  );
}

/** What the tests call: the state of the page, told as data. */
export async function offer(
  more: Record<string, (...args: never[]) => unknown> = {},
  before = '',
): Promise<void> {
  const leaked = before !== '' && before !== (await hostLook());
  const first = (): HTMLElement | null => document.querySelector('[data-first], lot-register');
  Object.assign(window, {
    tests: {
      heard: () => heard,
      leaked: () => leaked,
      innerLook: () => innerLook(first()),
      ...more,
    },
  });
}
