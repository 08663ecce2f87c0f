/** The choices a form offers: items, parties and the short lists of statuses, grades and lot types. */
import type { Item, Ledger } from '../core.ts';
import type { Choice, Option } from '../primitives/index.ts';

/** One more than a combobox shows, so that it knows of the rest. */
const FEW = 51;

/** Items that match what is typed; those a form cannot use are shown, but not to be picked. */
export async function itemOptions(
  ledger: Ledger,
  search: string,
  usable: (item: Item) => string | undefined = () => undefined,
): Promise<Option[]> {
  const page = await ledger.items.list({ ...(search.trim() ? { search } : {}), limit: FEW });
  return page.items.map((item) => {
    const why = usable(item);
    const option: Option = { value: item.code, label: item.code, sub: item.description ?? '' };
    return why === undefined ? option : { ...option, disabled: true, aside: why };
  });
}

/** Parties of a kind that match what is typed. */
export async function partyOptions(ledger: Ledger, kind: string, search: string): Promise<Option[]> {
  const filter = kind === '' ? {} : { filter: { kind } };
  const page = await ledger.parties.list({ ...(search.trim() ? { search } : {}), ...filter, limit: FEW });
  return page.items.map(({ code, name }) => ({ value: code, label: code, sub: name ?? '' }));
}

interface Coded {
  readonly code: string;
  readonly description: string | null;
}

/** A short list as the choices of a select, an empty one first. */
export function choicesOf(records: readonly Coded[], none: string): Choice[] {
  const named = records.map(({ code, description }) => ({
    value: code,
    label: description ? `${code} ${description}` : code,
  }));
  return [{ value: '', label: none }, ...named];
}

/** The short lists a lot refers to. */
export interface LotLists {
  readonly statuses: readonly Coded[];
  readonly grades: readonly Coded[];
  readonly lotTypes: readonly Coded[];
}

export const noLists: LotLists = { statuses: [], grades: [], lotTypes: [] };

/** Reads the short lists. */
export async function readLotLists(ledger: Ledger): Promise<LotLists> {
  const all = { limit: 500 };
  const [statuses, grades, lotTypes] = await Promise.all([
    ledger.lotStatuses.list(all),
    ledger.grades.list(all),
    ledger.lotTypes.list(all),
  ]);
  return { statuses: statuses.items, grades: grades.items, lotTypes: lotTypes.items };
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
