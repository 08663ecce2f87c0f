/** Which templates a posting's form can post with, and what it asks and sends of the opposite side. */
import { describe, expect, it } from 'vitest';
import {
  isOffered,
  placeAt,
  type Side,
  sideOf,
  wantsPlace,
} from '../../src/components/controllers/posting-form-counterpart.ts';
import { emptyHeader, type TemplateTerms } from '../../src/components/controllers/posting-form-draft.ts';
import { headerInput, missingFields } from '../../src/components/controllers/posting-form-input.ts';
import type { Warehouse } from '../../src/core/index.ts';

const counterpart = { warehouse: 'SHOP', template: 'ARR' };
const terms = (more: Partial<TemplateTerms> = {}): TemplateTerms => ({
  ...{ code: 'T', type: 'unload', intent: 'transfer', tracksLots: true, tracksSerials: true },
  ...{ generatesSerials: false, requireDocument: false, requireParty: false, defaultLocation: null },
  ...{ explodeComponents: false, counterpart },
  ...more,
});
const whole = (more: Partial<TemplateTerms & { counting: boolean; createsLotFromLot: boolean }>) => ({
  ...{ counting: false, createsLotFromLot: false, ...terms() },
  ...more,
});
const place = (code: string, quarantine = false) => ({ code, quarantine, description: null });
const side = (locations: readonly object[], more: Partial<Side> = {}): Side => ({
  ...{
    kind: 'transfer',
    code: 'SHOP',
    usual: null,
    warehouse: { code: 'SHOP', locations } as unknown as Warehouse,
  },
  ...more,
});

describe('the opposite side of a posting', () => {
  it.each([
    ['a transfer where it leaves', {}, true],
    ['a transfer where it arrives', { type: 'load' }, false],
    ['what arrives without its other side', { type: 'load', counterpart: null }, true],
    ['a count', { intent: 'count', counting: true, counterpart: null }, false],
    ['lots of lots', { intent: 'other', createsLotFromLot: true }, false],
    ['a production by hand', { intent: 'production' }, false],
    ['a production by components', { type: 'load', intent: 'production', explodeComponents: true }, true],
    ['anything else that names another', { intent: 'other' }, true],
  ] as const)('offers %s: %s', (_, more, answer) => {
    expect(isOffered(whole(more))).toBe(answer);
  });

  it('is there for transfers and productions that name it', () => {
    expect(sideOf(terms())).toBe('transfer');
    expect(sideOf(terms({ intent: 'production' }))).toBe('production');
    expect(sideOf(terms({ intent: 'other' }))).toBeUndefined();
    expect(sideOf(terms({ counterpart: null }))).toBeUndefined();
    expect(sideOf(undefined)).toBeUndefined();
  });

  it('wants a place where the warehouse has places and its template none', () => {
    expect(wantsPlace(side([place('S1')]), ' ')).toBe(true);
    expect(wantsPlace(side([place('S1')]), 's1')).toBe(false);
    expect(wantsPlace(side([place('S1')], { usual: 'S1' }), '')).toBe(false);
    expect(wantsPlace(side([]), '')).toBe(false);
    expect(wantsPlace(side([place('S1')], { kind: 'production' }), '')).toBe(false);
  });

  it('knows a place however its code is typed', () => {
    expect(placeAt(side([place('Q-1', true)]), ' q-1 ')?.quarantine).toBe(true);
    expect(placeAt(side([place('Q-1', true)]), 'Q-2')).toBeUndefined();
    expect(placeAt(undefined, 'Q-1')).toBeUndefined();
  });

  it('is sent where there is one, and asked for among the missing', () => {
    const header = {
      ...emptyHeader('2026-11-22'),
      warehouse: 'MAIN',
      template: 'T',
      counterpartLocation: ' S1 ',
    };
    const draft = { header, lines: [] };
    expect(headerInput(draft, terms()).counterpart).toEqual({ location: 'S1' });
    expect(headerInput(draft, terms({ counterpart: null }))).not.toHaveProperty('counterpart');
    expect(missingFields(draft, terms(), { place: true })).toEqual(['counterpart', 'lines']);
  });
});
