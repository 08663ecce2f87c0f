/** How events travel: requests can be taken over, facts cannot, own state stays where it is. */
import { expect, test } from 'vitest';
import { emit, type LotEventMap } from '../../src/components/events.ts';
import { read } from '../meta/sources.ts';

const map = read('src/components/events.ts');
const names = [...map.matchAll(/'(lot-[a-z-]+)': CustomEvent</g)].map(
  ([, name]) => name as keyof LotEventMap,
);

/** Requests are bare verbs, facts their past tense. */
const requests = ['open', 'create', 'save', 'post', 'reverse', 'delete', 'cancel', 'print', 'export'];
const facts = ['created', 'saved', 'posted', 'reversed', 'deleted', 'ready', 'error'];

/** What arrives of an event, and what `emit` answers when nobody or somebody prevents it. */
function sent(name: keyof LotEventMap): { event: Event; free: boolean; prevented: boolean } {
  const target = new EventTarget();
  let event = new Event('none');
  target.addEventListener(name, (heard) => {
    event = heard;
  });
  const free = emit(target, name, {} as never);
  target.addEventListener(name, (heard) => heard.preventDefault());
  return { event, free, prevented: !emit(target, name, {} as never) };
}

test('convention 22: there are the events of the design, each with its detail', () => {
  const wanted = [...requests, ...facts, 'auth-required'].map((name) => `lot-${name}`);
  expect(names).toEqual(expect.arrayContaining(wanted));
  for (const name of names) expect(name).toMatch(/^lot-[a-z]+(-[a-z]+)*$/);
  expect(sent('lot-open').event).toBeInstanceOf(CustomEvent);
});

test.each(requests)('convention 23: the request lot-%s can be taken over', (verb) => {
  const { event, free, prevented } = sent(`lot-${verb}` as keyof LotEventMap);
  expect([event.cancelable, free, prevented]).toEqual([true, true, true]);
});

test.each(facts)('convention 23: the fact lot-%s cannot be undone', (fact) => {
  const { event, prevented } = sent(`lot-${fact}` as keyof LotEventMap);
  expect([event.cancelable, prevented]).toEqual([false, false]);
});

test.each(names)(
  'convention 24: %s bubbles and crosses roots, unless it tells of the element’s own state',
  (name) => {
    const { event } = sent(name);
    const outward = !name.endsWith('-change');
    expect([event.bubbles, event.composed]).toEqual([outward, outward]);
  },
);

test('convention 25: details are declared as plain data', () => {
  const declared = map.slice(0, map.indexOf('export interface LotEventMap'));
  expect(declared).not.toMatch(/:\s*(HTMLElement|Element|Node|Date|Map|Set|Error|Ledger|\([^)]*\)\s*=>)\b/);
});
