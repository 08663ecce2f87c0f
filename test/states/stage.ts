/** Brings a state of an element about in a page: a ledger behind a wire, the element over it, and what is done then. */
import '../../src/components/define/index.ts';
import type { LotElement } from '../../src/components/base.ts';
import { type Ledger, openLedger } from '../../src/core/index.ts';
import { type FakeRemote, fakeRemote, formPage, registerPage } from '../../src/testing/index.ts';
import { ledgerWith } from './data.ts';
import type { Stage, StateSpec } from './types.ts';

/** What stands in the page now, and how it goes. */
export interface Mounted {
  readonly stage: Stage;
  /** Every event of the element so far, its detail as it was. */
  readonly events: readonly { readonly name: string; readonly detail: unknown; readonly plain: boolean }[];
  remove(): Promise<void>;
}

const isPlain = (detail: unknown): boolean => {
  try {
    structuredClone(detail);
    return true;
  } catch {
    return false;
  }
};

/** Hears every event of the library at an element. */
function hear(element: HTMLElement): Mounted['events'] {
  const heard: { name: string; detail: unknown; plain: boolean }[] = [];
  const dispatch = element.dispatchEvent.bind(element);
  element.dispatchEvent = (event: Event): boolean => {
    if (event.type.startsWith('lot-')) {
      const { detail } = event as CustomEvent<unknown>;
      heard.push({ name: event.type, detail, plain: isPlain(detail) });
    }
    return dispatch(event);
  };
  return heard;
}

const nothingYet = (): Promise<void> => new Promise((drawn) => requestAnimationFrame(() => drawn()));

async function clientOf(remote: FakeRemote, spec: StateSpec): Promise<Ledger> {
  const { offline } = remote.control;
  remote.control.offline = false;
  const ledger = await openLedger(remote);
  remote.control.offline = offline;
  if (spec.remote?.offline) remote.control.offline = true;
  return ledger;
}

/**
 * Puts an element into a place in one of its states.
 * @param into where it stands; emptied first
 */
export async function mount(into: HTMLElement, tag: string, spec: StateSpec): Promise<Mounted> {
  const server = await ledgerWith(spec.data ?? 'many');
  const remote = fakeRemote(server, spec.remote);
  const client = await clientOf(remote, spec);
  const element = document.createElement(tag) as LotElement;
  for (const [name, value] of Object.entries(spec.attributes ?? {})) element.setAttribute(name, value);
  Object.assign(element, spec.properties ?? {}, { ledger: client });
  const events = hear(element);
  into.replaceChildren(element);
  into.dataset.narrow = spec.width === undefined ? '' : 'narrow';
  if (spec.width !== undefined) into.style.setProperty('inline-size', `${spec.width}px`);
  else into.style.removeProperty('inline-size');
  const stage: Stage = {
    element,
    server,
    remote: remote.control,
    register: registerPage(element),
    form: formPage(element),
  };
  if (!spec.unsettled) {
    await element.ready;
    await element.settled;
  }
  await nothingYet();
  await spec.act?.(stage);
  await nothingYet();
  return {
    stage,
    events,
    async remove() {
      element.remove();
      remote.control.held = false;
      await client.close();
      await server.close();
    },
  };
}
