/** What tests of exports and imports share: a ledger with a little of everything, its lines, and its answers. */
import { exportLedger, type Ledger, openLedger, type StoreAdapter } from '../../../src/core/index.ts';
import { lotOf, pharma, type World } from '../../rules/world.ts';

export const options = {
  actor: 'maria',
  timeZone: 'Europe/Rome',
  now: () => new Date('2026-11-22T09:00:00Z'),
};

/** Lots, serials, postings with parties, groups of several entries, a refusal, an answer by a key. */
export async function filled(store?: StoreAdapter): Promise<World> {
  const world = await pharma(store === undefined ? {} : { store });
  const { ledger } = world;
  await lotOf(
    world,
    'DRUG',
    'D-1 “quoted” \\ 😀',
    '12',
    {},
    {
      party: { kind: 'supplier', code: 'S1', name: 'Über & Söhne' },
    },
  );
  await world.post('LOA', { item: 'VACCINE', quantity: '3', lots: 'auto', serials: 'auto' });
  await ledger.parties.create({ kind: 'customer', code: 'C1', name: 'Line\u2028separator' });
  await ledger.parties.create({ kind: 'customer', code: 'C2' });
  // callers of one turn make one group
  await Promise.all(['A', 'B', 'C'].map((code) => ledger.grades.create({ code })));
  await ledger.grades.create({ code: 'A' }).catch(() => undefined);
  return world;
}

export async function linesOf(store: StoreAdapter): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of exportLedger(store)) lines.push(line);
  return lines;
}

/** What somebody who uses a ledger sees of it. */
export async function answersOf(ledger: Ledger): Promise<unknown> {
  const all = { limit: 500 } as const;
  const lots = await ledger.lots.list({ ...all, filter: { state: 'all' } });
  return {
    lots: lots.items,
    serials: (await ledger.serials.list(all)).items,
    postings: (await ledger.postings.list(all)).items,
    parties: (await ledger.parties.list(all)).items,
    items: (await ledger.items.list(all)).items,
    grades: (await ledger.grades.list(all)).items,
    history: await Promise.all(lots.items.map(({ id }) => ledger.lots.history(id))),
    head: await ledger.head(),
  };
}

/** Opens a store's ledger, proves it, and tells what it answers. */
export async function seenIn(store: StoreAdapter): Promise<{ ok: boolean; answers: unknown }> {
  const ledger = await openLedger(store, options);
  try {
    return { ok: (await ledger.verify()).ok, answers: await answersOf(ledger) };
  } finally {
    await ledger.close();
  }
}
