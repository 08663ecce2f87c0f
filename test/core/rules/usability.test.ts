/** Whether a lot or serial may be used: every intent, reason and warning of the one rule. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Intent, intents, type LotStatusInput } from '../../../src/core/model/inputs.ts';
import { addDays } from '../../../src/core/rules/calendar.ts';
import {
  countsAsAvailable,
  statusVerdict,
  stricterStatus,
  type UsabilitySubject,
  type Use,
  usability,
} from '../../../src/core/rules/usability.ts';
import { holds, someDate } from './random.ts';

const DAY = '2026-11-22';
const quarantine: LotStatusInput = { code: 'Q', available: false };
const lot = (more: Partial<UsabilitySubject> = {}): UsabilitySubject => ({
  code: 'L1',
  closed: false,
  expiryDate: '2027-06-30',
  sellable: true,
  status: null,
  ...more,
});
const use = (intent: Intent, more: Partial<Use> = {}): Use => ({
  intent,
  day: DAY,
  today: DAY,
  allowUnavailable: false,
  forceExpired: false,
  sellableBlocks: 'sale',
  ...more,
});
const ask = (subject: UsabilitySubject, how: Use) => {
  const { allowed, reasons, warnings } = usability(subject, how);
  expect(allowed).toBe(reasons.length === 0);
  return { reasons: reasons.map(({ code }) => code), warnings: warnings.map(({ code }) => code) };
};
const fine = { reasons: [], warnings: [] };
const refused = (...reasons: string[]) => ({ reasons, warnings: [] });
const warned = (...warnings: string[]) => ({ reasons: [], warnings });
const exempt: readonly Intent[] = ['scrap', 'count', 'supplierReturn', 'inspection'];
const ordinary = intents.filter((intent) => !exempt.includes(intent));

describe('expiry', () => {
  const expired = lot({ expiryDate: '2026-11-21' });

  it('R28 the last good day is good, for the day that is asked about', () => {
    expect(ask(lot({ expiryDate: DAY }), use('sale'))).toEqual(fine);
    expect(ask(expired, use('sale'))).toEqual(refused('lot.expired'));
    expect(ask(lot({ expiryDate: DAY }), use('sale', { day: '2026-12-01' }))).toEqual(refused('lot.expired'));
    expect(ask(lot({ expiryDate: null }), use('sale', { day: '9999-12-31' }))).toEqual(fine);
  });

  it('R28 a backdated use of a lot that expired since is allowed with a warning', () => {
    expect(ask(lot({ expiryDate: '2026-11-10' }), use('sale', { day: '2026-11-10' }))).toEqual(
      warned('lot.expiredSince'),
    );
    expect(ask(lot({ expiryDate: '2026-11-10' }), use('sale', { day: '2026-11-11' }))).toEqual(
      refused('lot.expired'),
    );
  });

  it('R37 a sale of an expired lot needs the override, other uses also have the template’s flag', () => {
    const flag = { allowUnavailable: true };
    const force = { forceExpired: true };
    expect(ask(expired, use('sale', flag))).toEqual(refused('lot.expired'));
    expect(ask(expired, use('sale', force))).toEqual(warned('lot.expired'));
    for (const intent of ['production', 'transfer', 'other'] as const) {
      expect(ask(expired, use(intent))).toEqual(refused('lot.expired'));
      expect(ask(expired, use(intent, flag))).toEqual(warned('lot.expired'));
      expect(ask(expired, use(intent, force))).toEqual(warned('lot.expired'));
    }
  });

  it('R36 within the warning days it is allowed with a warning, to the day', () => {
    const at = (expiryDate: string) => ask(lot({ expiryDate, warnDays: 10 }), use('sale'));
    expect(at('2026-12-03')).toEqual(fine);
    expect(at('2026-12-02')).toEqual(warned('lot.expiresSoon'));
    expect(at(DAY)).toEqual(warned('lot.expiresSoon'));
    const { warnings } = usability(lot({ expiryDate: '2026-11-25', warnDays: 10 }), use('sale'));
    expect(warnings[0]?.details).toEqual({ code: 'L1', expiryDate: '2026-11-25', days: 3 });
  });

  it('R36 within the blocking days it is refused as unavailable; zero or nothing is off', () => {
    const at = (expiryDate: string, blockDays: number | null | undefined) =>
      ask(lot({ expiryDate, blockDays, warnDays: 3 }), use('production'));
    expect(at('2026-11-26', 3)).toEqual(fine);
    expect(at('2026-11-25', 3)).toEqual(refused('lot.unavailable'));
    expect(at(DAY, 1)).toEqual(refused('lot.unavailable'));
    for (const off of [0, null, undefined]) expect(at(DAY, off)).toEqual(warned('lot.expiresSoon'));
    expect(usability(lot({ expiryDate: DAY, blockDays: 3 }), use('sale')).reasons[0]).toMatchObject({
      why: 'blockWindow',
      details: { days: 0, blockDays: 3 },
    });
  });

  it('R37 in the block window the template’s flag is enough for a sale, the override is not', () => {
    const soon = lot({ expiryDate: '2026-11-24', blockDays: 5 });
    expect(ask(soon, use('sale', { allowUnavailable: true }))).toEqual(warned('lot.expiresSoon'));
    expect(ask(soon, use('sale', { forceExpired: true }))).toEqual(refused('lot.unavailable'));
    // what is expired is past the window: the override alone lets it pass
    expect(ask(lot({ expiryDate: '2026-11-20', blockDays: 5 }), use('sale', { forceExpired: true }))).toEqual(
      warned('lot.expired'),
    );
  });

  it('R38 scrap, count, return to supplier and inspection take expired and blocked lots without flags', () => {
    const bad = lot({
      expiryDate: '2026-01-01',
      status: quarantine,
      sellable: false,
      recalled: true,
      blockDays: 9,
    });
    for (const intent of exempt) expect(ask(bad, use(intent, { sellableBlocks: 'all' }))).toEqual(fine);
    for (const intent of ordinary) expect(ask(bad, use(intent)).reasons).toContain('lot.expired');
  });
});

describe('status and closing', () => {
  it('R43 an unavailable status is refused without the template’s flag and allowed with it', () => {
    for (const intent of ordinary) {
      expect(ask(lot({ status: quarantine }), use(intent))).toEqual(refused('lot.unavailable'));
      expect(ask(lot({ status: quarantine }), use(intent, { allowUnavailable: true }))).toEqual(fine);
    }
    expect(usability(lot({ status: quarantine }), use('sale')).reasons[0]?.details).toEqual({
      code: 'L1',
      status: 'Q',
    });
  });

  it('R43 a status has its own word per intent', () => {
    const status: LotStatusInput = {
      code: 'S',
      available: false,
      intents: { production: 'allow', transfer: 'warn' },
    };
    expect(ask(lot({ status }), use('production'))).toEqual(fine);
    expect(ask(lot({ status }), use('transfer'))).toEqual(warned('lot.statusWarning'));
    expect(ask(lot({ status }), use('sale'))).toEqual(refused('lot.unavailable'));
    expect(ask(lot({ status: { code: 'D', intents: { sale: 'deny' } } }), use('sale'))).toEqual(
      refused('lot.unavailable'),
    );
  });

  it('R43 the reasons come in one order: closed, cancelled, recalled, expired, status, sellable, block window, reserved', () => {
    const worst = lot({
      ...{ closed: true, cancelled: true, recalled: true, reserved: true, sellable: false },
      ...{ status: quarantine, expiryDate: '2026-11-21', blockDays: 9 },
    });
    const why = (subject: UsabilitySubject) =>
      usability(subject, use('sale')).reasons.map((reason) => reason.why);
    expect(why(worst)).toEqual([
      'closed',
      'cancelled',
      'recalled',
      'expired',
      'status',
      'sellable',
      'reserved',
    ]);
    expect(why({ ...worst, expiryDate: DAY })).toEqual([
      'closed',
      'cancelled',
      'recalled',
      'status',
      'sellable',
      'blockWindow',
      'reserved',
    ]);
  });

  it('R43 block rule, inspection and place have their places in that order', () => {
    const worst = lot({
      ...{ closed: true, cancelled: true, recalled: true, reserved: true, sellable: false },
      ...{ status: quarantine, expiryDate: DAY, blockDays: 9, blockRule: 'R' },
      inspection: { policy: { required: true }, found: null },
    });
    const place = { code: 'CAGE', quarantine: true };
    expect(usability(worst, use('sale', { place })).reasons.map((reason) => reason.why)).toEqual([
      ...['closed', 'cancelled', 'recalled', 'blockRule', 'status', 'inspection', 'sellable'],
      ...['blockWindow', 'place', 'reserved'],
    ]);
  });

  it('R43 R49 a template for the unavailable lifts rule, status and inspection; a recall and a named denial stay', () => {
    const held = lot({
      ...{ status: quarantine, blockRule: 'R' },
      inspection: {
        policy: {},
        found: { count: 1, open: 1, failed: 0, newest: { id: 'i', result: null, finished: false } },
      },
    });
    const allowUnavailable = true;
    expect(ask(held, use('sale'))).toEqual(refused('lot.unavailable', 'lot.unavailable', 'lot.notInspected'));
    expect(ask(held, use('sale', { allowUnavailable }))).toEqual(fine);
    expect(ask(lot({ recalled: true }), use('transfer', { allowUnavailable }))).toEqual(
      refused('lot.recalled'),
    );
    const place = { code: 'X', intents: { sale: 'deny' } } as const;
    expect(ask(lot(), use('sale', { allowUnavailable, place }))).toEqual(refused('location.denied'));
  });

  it('R38 R78 scrap and its like, and a transfer into quarantine, ask none of it', () => {
    const worst = lot({
      ...{ recalled: true, sellable: false, status: quarantine, expiryDate: '2026-11-21', blockRule: 'R' },
      inspection: { policy: { required: true }, found: null },
    });
    const sellableBlocks = 'all';
    for (const intent of exempt) expect(ask(worst, use(intent, { sellableBlocks }))).toEqual(fine);
    const into = use('transfer', { sellableBlocks, intoQuarantine: true });
    expect(ask(worst, into)).toEqual(fine);
    expect(ask({ ...worst, closed: true, reserved: true }, into)).toEqual(
      refused('lot.closed', 'lot.reserved'),
    );
  });

  it('R44 what is not sellable is refused for sale alone, or for all', () => {
    const kept = lot({ sellable: false });
    expect(ask(kept, use('sale', { allowUnavailable: true, forceExpired: true }))).toEqual(
      refused('lot.notSellable'),
    );
    expect(ask(kept, use('production'))).toEqual(fine);
    expect(ask(kept, use('transfer'))).toEqual(fine);
    expect(ask(kept, use('transfer', { sellableBlocks: 'all' }))).toEqual(refused('lot.notSellable'));
  });

  it('R45 a closed lot refuses every posting, in and out', () => {
    for (const intent of intents)
      for (const direction of ['load', 'unload'] as const)
        expect(
          ask(lot({ closed: true }), use(intent, { direction, allowUnavailable: true, forceExpired: true }))
            .reasons,
        ).toEqual(['lot.closed']);
  });

  it('R47 a cancelled, closed or reserved serial says so itself', () => {
    const serial = lot({
      kind: 'serial',
      cancelled: true,
      closed: true,
      reserved: true,
      expiryDate: '2026-01-01',
    });
    expect(ask(serial, use('sale')).reasons).toEqual([
      'serial.closed',
      'serial.cancelled',
      'serial.expired',
      'serial.reserved',
    ]);
    for (const intent of intents)
      expect(ask(lot({ cancelled: true }), use(intent)).reasons).toContain('lot.cancelled');
  });

  it('R47 what is reserved is refused to others; counts and scrap may break it and say so', () => {
    for (const intent of intents) {
      const expected =
        intent === 'count' || intent === 'scrap' ? warned('lot.reserved') : refused('lot.reserved');
      expect(ask(lot({ reserved: true }), use(intent))).toEqual(expected);
    }
  });

  it('a load asks only whether the lot is closed or cancelled', () => {
    const bad = lot({ expiryDate: '2026-01-01', status: quarantine, sellable: false, reserved: true });
    expect(ask(bad, use('purchase', { direction: 'load' }))).toEqual(fine);
  });
});

describe('availability', () => {
  it('R42 R45 an unavailable status, closing, cancelling and recall take stock out of what is available', () => {
    expect(countsAsAvailable(lot(), DAY)).toBe(true);
    for (const bad of [{ status: quarantine }, { closed: true }, { cancelled: true }, { recalled: true }])
      expect(countsAsAvailable(lot(bad), DAY)).toBe(false);
    // a status that denies an intent but counts as available
    expect(countsAsAvailable(lot({ status: { code: 'D', intents: { sale: 'deny' } } }), DAY)).toBe(true);
  });

  it('R44 sellable does not lower what is available', () => {
    expect(countsAsAvailable(lot({ sellable: false }), DAY)).toBe(true);
  });

  it('R124 availability ends with the last good day or the block window, by the day asked alone', () => {
    const subject = lot({ expiryDate: '2026-12-31', blockDays: 3 });
    expect(countsAsAvailable(subject, '2026-12-27')).toBe(true);
    expect(countsAsAvailable(subject, '2026-12-28')).toBe(false);
    expect(countsAsAvailable({ ...subject, blockDays: 0 }, '2026-12-31')).toBe(true);
    expect(countsAsAvailable({ ...subject, blockDays: 0 }, '2027-01-01')).toBe(false);
  });

  it('R41 what counts as available may be used in production, unless the status says otherwise', () => {
    const status = fc.constantFrom<LotStatusInput | null>(null, quarantine, { code: 'A', available: true });
    const subject = fc.record({
      closed: fc.boolean(),
      recalled: fc.boolean(),
      status,
      expiry: fc.option(fc.integer({ min: -5, max: 20 })),
      blockDays: fc.integer({ min: 0, max: 10 }),
    });
    holds(
      fc.property(someDate(), subject, (day, { expiry, ...more }) => {
        const asked = lot({ ...more, expiryDate: expiry === null ? null : addDays(day, expiry) });
        const { allowed } = usability(asked, use('production', { day, today: day }));
        expect(countsAsAvailable(asked, day)).toBe(allowed);
      }),
      1000,
    );
  });
});

describe('two statuses', () => {
  it('R131 of a serial and its lot the stricter counts, per intent', () => {
    const warnSale: LotStatusInput = { code: 'W', intents: { sale: 'warn', transfer: 'deny' } };
    expect(stricterStatus(warnSale, quarantine, 'sale')).toBe(quarantine);
    expect(stricterStatus(quarantine, warnSale, 'sale')).toBe(quarantine);
    expect(stricterStatus(null, warnSale, 'sale')).toBe(warnSale);
    // both deny a transfer; the one whose stock is not available is the stricter
    expect(stricterStatus(warnSale, quarantine, 'transfer')).toBe(quarantine);
    expect(stricterStatus(warnSale, null, 'scrap')).toBe(warnSale);
    expect(stricterStatus(null, null, 'sale')).toBeNull();
    expect(statusVerdict(null, 'sale')).toBe('allow');
  });
});
