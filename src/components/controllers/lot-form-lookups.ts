/** The choices a form offers: items, parties and the short lists of statuses, grades and lot types. */
import type { Item, Ledger } from '../core.ts';
import type { Option } from '../primitives/index.ts';
import type { LookupSource } from '../provider/types.ts';
import { answerOr } from './answers.ts';

/** One more than a combobox shows, so that it knows of the rest. */
const FEW = 51;

/** What is searched: the host's own list where there is one, and who waits for it. */
export interface Search {
  readonly text: string;
  readonly signal: AbortSignal;
  readonly host?: LookupSource | undefined;
}

/** What the host's own list has. */
async function fromHost(host: LookupSource, { text, signal }: Search): Promise<Option[]> {
  const found = await host.search(text.trim(), { signal, limit: FEW });
  return found.map(({ code, description }) => ({ value: code, label: code, sub: description ?? '' }));
}

/** Items that match what is typed; those a form cannot use are shown, but not to be picked. */
export async function itemOptions(
  ledger: Ledger,
  search: Search,
  usable: (item: Item) => string | undefined = () => undefined,
): Promise<Option[]> {
  if (search.host !== undefined) return fromHost(search.host, search);
  const { text } = search;
  const page = await ledger.items.list({ ...(text.trim() ? { search: text } : {}), limit: FEW });
  return page.items.map((item) => {
    const why = usable(item);
    const option: Option = { value: item.code, label: item.code, sub: item.description ?? '' };
    return why === undefined ? option : { ...option, disabled: true, aside: why };
  });
}

/** Parties of a kind that match what is typed. */
export async function partyOptions(ledger: Ledger, kind: string, search: Search): Promise<Option[]> {
  if (search.host !== undefined) return fromHost(search.host, search);
  const { text } = search;
  const filter = kind === '' ? {} : { filter: { kind } };
  const page = await ledger.parties.list({ ...(text.trim() ? { search: text } : {}), ...filter, limit: FEW });
  return page.items.map(({ code, name }) => ({ value: code, label: code, sub: name ?? '' }));
}

interface Coded {
  readonly code: string;
  readonly description: string | null;
}

/** The short lists a lot refers to. */
export interface LotLists {
  readonly statuses: readonly Coded[];
  readonly grades: readonly Coded[];
  readonly lotTypes: readonly Coded[];
}

export const noLists: LotLists = { statuses: [], grades: [], lotTypes: [] };

/** Reads the short lists; of what the ledger does not know there is none. */
export async function readLotLists(ledger: Ledger): Promise<LotLists> {
  const none: { readonly items: readonly Coded[] } = { items: [] };
  const read = async (list: 'lotStatuses' | 'grades' | 'lotTypes'): Promise<readonly Coded[]> =>
    (await answerOr<typeof none>(ledger, `${list}.list`, () => ledger[list].list({ limit: 500 }), none))
      .items;
  const [statuses, grades, lotTypes] = await Promise.all([
    read('lotStatuses'),
    read('grades'),
    read('lotTypes'),
  ]);
  return { statuses, grades, lotTypes };
}

/** Whether the workflow alone changes statuses; where there are no settings there is no workflow. */
export async function readWorkflowOnly(ledger: Ledger): Promise<boolean> {
  const none = { workflowOnly: false };
  return (
    await answerOr<{ workflowOnly: boolean }>(ledger, 'settings.get', () => ledger.settings.get(), none)
  ).workflowOnly;
}

/** Today in the ledger's zone, as the ledger says itself. */
export async function ledgerToday(ledger: Ledger): Promise<string> {
  return (await ledger.items.list({ limit: 1 })).asOf.date;
}

/** A record, or undefined where there is none of this code. */
export async function found<T>(ask: Promise<T>): Promise<T | undefined> {
  try {
    return await ask;
  } catch (error) {
    if ((error as { kind?: unknown }).kind === 'missing') return undefined;
    throw error;
  }
}
