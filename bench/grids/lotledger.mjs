/** `<lot-register>` with a window: over a ledger of which only pages exist, or over real lots in memory. */
import '../../.cache/bench/lotledger/components/define/lot-register.js';
import { openOver, RecordSet, tables } from '../lotledger.mjs';
import { manyLots } from '../node/lots.mjs';
import { pagedLedger } from './paged-ledger.mjs';

async function realLedger(count) {
  const { records } = await manyLots(count);
  const set = new RecordSet(Object.values(tables), { seq: 0, link: '0'.repeat(64) });
  for (const [collection, all] of Object.entries(records)) set.load(collection, all);
  return openOver(set);
}

/** What is there before the register: of real lots the ledger that holds them. */
export const prepare = (count, { real = false } = {}) => (real ? realLedger(count) : pagedLedger(count));

/** @param {HTMLElement} host @param {object} ledger */
export async function open(host, ledger) {
  const register = document.createElement('lot-register');
  register.setAttribute('scroll', 'window');
  register.setAttribute('rows', '18');
  register.state = { preset: 'all', sort: ['code'] };
  register.ledger = ledger;
  host.append(register);
  await register.ready;
  const inside = register.renderRoot;
  return {
    scroller: () => inside.querySelector('.scroll'),
    rows: () => inside.querySelectorAll('[data-row-id]').length,
    shows: (code) => inside.textContent.includes(code),
    ended: (count) => {
      const row = [...inside.querySelectorAll('[data-row-id]')].at(-1);
      return Number(row?.getAttribute('aria-rowindex')) >= count;
    },
    sort: () => {
      register.state = { ...register.state, sort: ['-code'] };
    },
    filter: () => {
      register.state = { ...register.state, filters: { item: 'ITEM-007' } };
    },
    unfilter: () => {
      register.state = { ...register.state, filters: {} };
    },
    group: () => {
      register.state = { ...register.state, group: ['item'] };
    },
    grouped: () => inside.querySelector('[data-group]') !== null,
    close: () => register.remove(),
  };
}
