/** Templates that come in pairs, and what the tests of transfers and productions look at. */
import type { Post, Template, World } from './world.ts';

const both = { tracksLots: true, tracksSerials: true };

/** A pair of templates: the unload, its load on the other side, each the other's counterpart where `mutual`. */
export async function pair(
  { ledger }: World,
  intent: NonNullable<Template['intent']>,
  [out, into]: readonly [string, string],
  more: {
    readonly out?: Partial<Template>;
    readonly into?: Partial<Template>;
    readonly mutual?: boolean;
  } = {},
): Promise<void> {
  const [from = '', unload = ''] = out.split('/');
  const [to = '', load = ''] = into.split('/');
  const opposite = await ledger.templates.create({
    warehouse: to,
    code: load,
    type: 'load',
    intent,
    ...both,
    ...(more.mutual ? {} : more.into),
  });
  await ledger.templates.create({
    warehouse: from,
    code: unload,
    type: 'unload',
    intent,
    ...both,
    counterpart: { warehouse: to, template: load },
    ...more.out,
  });
  if (!more.mutual) return;
  const counterpart = { warehouse: from, template: unload };
  await ledger.templates.update(opposite.id, { counterpart, ...more.into });
}

/** MAIN/MOV ↔ SHOP/ARR, both ways a source; MAIN/PUT → MAIN/GET inside MAIN; over a TRUCK on the way. */
export async function withTransfers(world: World): Promise<World> {
  await world.ledger.warehouses.create({ code: 'TRUCK', kind: 'transit' });
  await pair(world, 'transfer', ['MAIN/MOV', 'SHOP/ARR'], { mutual: true });
  await pair(world, 'transfer', ['SHOP/BAK', 'MAIN/BCK']);
  await pair(world, 'transfer', ['MAIN/PUT', 'MAIN/GET']);
  await pair(world, 'transfer', ['MAIN/GO', 'TRUCK/ON']);
  await pair(world, 'transfer', ['TRUCK/OFF', 'SHOP/HERE']);
  return world;
}

/** The other posting of a pair. */
export async function otherOf({ ledger }: World, posting: { readonly counterpart: string | null }) {
  return ledger.postings.get(posting.counterpart ?? '');
}

/** On hand of a lot, place by place: `MAIN/A-01 6`. */
export async function placesOf({ ledger }: World, item: string, code: string): Promise<string[]> {
  const { stock } = await ledger.lots.get({ item, code });
  return stock
    .filter((each) => each.onHand !== '0')
    .map((each) => `${each.warehouse}${each.location ? `/${each.location}` : ''} ${each.onHand}`)
    .sort();
}

/** Where a serial is. */
export async function placeOf({ ledger }: World, item: string, code: string): Promise<string> {
  const { warehouse, location } = await ledger.serials.get({ item, code });
  return warehouse === null ? 'nowhere' : `${warehouse}${location ? `/${location}` : ''}`;
}

/** What a posting says of its counterpart. */
export const to = (location: string): Partial<Post> => ({ counterpart: { location } });

/** A line of several lots at one location. */
export const at = (item: string, location: string, lots: readonly (readonly [string, string])[]) => ({
  item,
  quantity: String(lots.reduce((sum, [, quantity]) => sum + Number(quantity), 0)),
  location,
  lots: lots.map(([code, quantity]) => ({ code, quantity })),
});
