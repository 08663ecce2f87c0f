/** What tests of genealogy share: a plant that makes, splits and merges lots, in one line each. */
import type { Ledger } from '../../src/core/index.ts';
import { dairy, type Post, type World, type WorldOptions } from './world.ts';

export interface Plant extends World {
  /** Ids of lots by code, of whatever item. */
  id(code: string): Promise<string>;
  /** Receives a lot from a supplier, by a delivery note. */
  receive(item: string, code: string, quantity: string, more?: Partial<Post>, row?: object): Promise<string>;
  /** Makes lots out of others: `make({ A: '10' }, { F: ['MILK', '8'] })`. */
  make(
    inputs: Readonly<Record<string, string>>,
    outputs: Readonly<Record<string, readonly [item: string, quantity: string]>>,
    more?: Partial<Post>,
  ): ReturnType<Ledger['postings']['post']>;
  /** Ships of a lot to a customer. */
  ship(
    code: string,
    quantity: string,
    customer: string,
    more?: Partial<Post>,
  ): ReturnType<Ledger['postings']['post']>;
}

/** A dairy with templates of production: MAK takes components and brings products in by its counterpart. */
export async function plant(options: WorldOptions = {}): Promise<Plant> {
  const world = await dairy(options);
  const { ledger, clock } = world;
  const tracks = { tracksLots: true, tracksSerials: true };
  const production = { warehouse: 'SHOP', intent: 'production', ...tracks } as const;
  await ledger.templates.create({ ...production, code: 'PIN', type: 'load', allowTopUp: true });
  await ledger.templates.create({
    ...production,
    code: 'MAK',
    type: 'unload',
    counterpart: { warehouse: 'SHOP', template: 'PIN' },
  });
  await ledger.items.create({ code: 'BLEND', unit: { code: 'PCE', decimals: 0 }, lots: {} });
  await ledger.items.create({ code: 'CURD', unit: { code: 'PCE', decimals: 0 }, lots: {} });
  const find = async (code: string) => ledger.lots.get(code);
  const today = (): string => clock.time.slice(0, 10);
  return {
    ...world,
    id: async (code) => (await find(code)).id,
    async receive(item, code, quantity, more = {}, row = {}) {
      await world.post(
        'LOA',
        { item, quantity, lots: [{ code, quantity, ...row }] },
        {
          document: { type: 'purchaseDeliveryNote', number: `DN-${code}` },
          party: { kind: 'supplier', code: 'FARM' },
          ...more,
        },
      );
      return (await find(code)).id;
    },
    async make(inputs, outputs, more = {}) {
      const lines = await Promise.all(
        Object.entries(inputs).map(async ([code, quantity]) => {
          const { item } = await find(code);
          return { item, quantity, lots: [{ code, quantity }] };
        }),
      );
      const made = Object.entries(outputs).map(([code, [item, quantity]]) => ({
        item,
        quantity,
        lots: [{ code, quantity }],
      }));
      return ledger.postings.post({
        warehouse: 'SHOP',
        template: 'MAK',
        date: today(),
        lines,
        counterpart: { lines: made },
        ...more,
      });
    },
    async ship(code, quantity, customer, more = {}) {
      const { item } = await find(code);
      return world.post(
        'UNL',
        { item, quantity, lots: [{ code, quantity }] },
        {
          document: { type: 'salesDeliveryNote', number: `S-${customer}` },
          party: { kind: 'customer', code: customer },
          ...more,
        },
      );
    },
  };
}
