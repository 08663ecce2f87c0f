/** Which tabs a record has, what stands beside their names, and where their bodies come from. */
import { warnOnce } from '../warn.ts';
import type { TabExtension } from './types.ts';

/** A tab as it is drawn. */
export interface OfferedTab<R> {
  readonly tab: TabExtension<R>;
  readonly count?: number;
  /** Name of the slot its body may stand in: `tab-temperature`. */
  readonly slot: string;
}

function safely<T>(element: Element, what: string, ask: () => T): T | undefined {
  try {
    return ask();
  } catch (error) {
    warnOnce(element, `${what} failed: ${String(error)}`);
    return undefined;
  }
}

/** The tabs of one record, in their order. */
export function offeredTabs<R>(
  element: Element,
  tabs: readonly TabExtension<R>[],
  record: R,
): readonly OfferedTab<R>[] {
  return tabs.flatMap((tab) => {
    const shown =
      tab.when === undefined || safely(element, `tab "${tab.id}": when`, () => tab.when?.(record));
    if (!shown) return [];
    const count = safely(element, `tab "${tab.id}": count`, () => tab.count?.(record));
    const slot = `tab-${tab.id}`;
    return [typeof count === 'number' ? { tab, count, slot } : { tab, slot }];
  });
}

/** Whether the host has put a body for a tab into the element. */
export const hasBody = (element: Element, slot: string): boolean =>
  [...element.children].some((child) => child.slot === slot);
