/** A ledger over a fake AureusERP with a small stock, for the tests of this folder. */
import { onTestFinished } from 'vitest';
import { type AureusOptions, aureus } from '../../../src/adapters/ledgers/aureus/index.ts';
import { type ErrorCode, type Ledger, type LedgerError, openLedger } from '../../../src/core/index.ts';
import { FakeAureus } from './fake.ts';
import { at } from './shop.ts';

/** A fake that ends with its test. */
export async function fakeAureus(): Promise<FakeAureus> {
  const fake = await new FakeAureus().listen();
  onTestFinished(() => fake.close());
  return fake;
}

/** A ledger over it; it never looks for news by itself. */
export async function ledgerOf(fake: FakeAureus, options: AureusOptions = {}): Promise<Ledger> {
  const ledger = await openLedger(aureus(fake.url, { token: 'good', interval: 0, keep: 0, ...options }));
  onTestFinished(() => ledger.close());
  return ledger;
}

/** Flour and salt in lots, a scale by serial number, and a bag that is not tracked. */
export function stocked({ shop }: FakeAureus) {
  const flour = shop.product({ name: 'Flour 00', reference: 'FL-00' });
  const salt = shop.product({ name: 'Sea salt', unit: 'pce', rounding: 1 });
  const scale = shop.product({ name: 'Scale 30 kg', tracking: 'serial', unit: 'pce', rounding: 1 });
  shop.product({ name: 'Bag', tracking: 'qty' });
  const first = shop.lot({
    product: flour,
    name: 'FL-2026-001',
    reference: 'Silo 4',
    expiration: '2027-03-31T00:00:00.000000Z',
  });
  const second = shop.lot({ product: flour, name: 'FL-2026-002' });
  const grain = shop.lot({ product: salt, name: 'SALT-1' });
  const piece = shop.lot({ product: scale, name: 'SN-0001' });
  const day = (n: number): number => Date.parse(`2026-11-0${n}T09:00:00Z`);
  shop.move({
    lot: first,
    quantity: 100.1,
    from: at.suppliers,
    to: at.stock,
    operation: 'WH/IN/00001',
    partner: 9,
    at: day(1),
  });
  shop.move({
    lot: first,
    quantity: 40.2,
    from: at.stock,
    to: at.shelf,
    operation: 'WH/INT/00001',
    at: day(2),
  });
  shop.move({
    lot: first,
    quantity: 10,
    from: at.shelf,
    to: at.customers,
    operation: 'WH/OUT/00001',
    partner: 12,
    at: day(3),
  });
  shop.move({ lot: first, quantity: 0.3, from: at.stock, to: at.scrap, at: day(4) });
  shop.put(first, at.shelf, 0, 5);
  shop.move({ lot: grain, quantity: 7, from: at.adjustment, to: at.north, at: day(1) });
  shop.move({
    lot: piece,
    quantity: 1,
    from: at.suppliers,
    to: at.stock,
    operation: 'WH/IN/00002',
    at: day(2),
  });
  const text = (id: number): string => String(id);
  return {
    flour: text(flour),
    salt: text(salt),
    scale: text(scale),
    first: text(first),
    second: text(second),
    grain: text(grain),
    piece: text(piece),
  };
}

/** What a promise was refused with. */
export async function refusal(promise: Promise<unknown>): Promise<LedgerError> {
  const answer = await promise.then(
    (value) => new Error(`answered ${JSON.stringify(value)}`),
    (error: unknown) => error,
  );
  return answer as LedgerError;
}

/** The code of a refusal and the field it names. */
export async function refused(promise: Promise<unknown>): Promise<readonly [ErrorCode, string | undefined]> {
  const { code, path, message } = await refusal(promise);
  return [code ?? message, path];
}
