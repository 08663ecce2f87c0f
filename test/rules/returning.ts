/** Deliveries and what comes back of them, as the tests of returns and corrections say them. */
import type { Posting } from '../../src/core/index.ts';
import type { Line, Post, World } from './world.ts';

export const customer = (code: string): Partial<Post> => ({ party: { kind: 'customer', code } });
export const supplier = (code: string): Partial<Post> => ({ party: { kind: 'supplier', code } });

/** Templates RET, which takes customers' returns in, and SUR, which sends goods back to suppliers. */
export async function returning(world: World): Promise<World> {
  for (const warehouse of ['MAIN', 'SHOP']) {
    const common = { warehouse, tracksLots: true, tracksSerials: true } as const;
    await world.ledger.templates.create({ ...common, code: 'RET', type: 'load', intent: 'customerReturn' });
    await world.ledger.templates.create({ ...common, code: 'SUR', type: 'unload', intent: 'supplierReturn' });
  }
  return world;
}

/** The link to one line of a posting. */
export const of = (posting: Posting, index = 0) => ({
  returns: { posting: posting.id, line: posting.lines[index]?.id ?? '' },
});

/** A line of one lot that names what it brings back. */
export const back = (posting: Posting, item: string, code: string, quantity: string): Line => ({
  item,
  quantity,
  lots: [{ code, quantity }],
  ...of(posting),
});
