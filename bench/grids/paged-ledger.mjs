/**
 * A ledger of very many lots of which only pages exist: each made when it is asked for, as a server would
 * answer it. What is measured over it is the register alone.
 */
import { pageOf } from './rows.mjs';

const TODAY = '2026-11-22';
const unit = { code: 'PCE', decimals: 0 };

function lotOf(row) {
  const { id, code, item, status, expiryDate, onHand, supplier } = row;
  const stock = [
    { warehouse: 'MAIN', location: 'A-01', loaded: '5000', onHand, reserved: '0', available: onHand },
  ];
  return {
    ...{ id, code, item, status, expiryDate, onHand, supplier, unit, stock, version: 1, variant: null },
    ...{ itemDescription: null, supplierName: null, supplierLot: null, reserved: '0', available: onHand },
    ...{
      closed: false,
      exhausted: false,
      expired: expiryDate < TODAY,
      daysLeft: 30,
      state: 'open',
      sellable: true,
    },
    ...{ initialQuantity: '5000', startDate: null, manufacturer: null, recall: null, attributes: {} },
  };
}

/** @param {number} count how many lots it says it has */
export function pagedLedger(count) {
  const asOf = { seq: 1, date: TODAY };
  const group = (value, n) => ({ field: 'item', value, label: null, count: n, sums: {} });
  const none = { list: async () => ({ items: [], total: 0, asOf }) };
  return {
    lots: {
      async list({ skip = 0, limit = 50, sort = ['code'], filter = {} }) {
        const some = filter.item === undefined ? count : Math.floor(count / 40);
        const rows = await pageOf(some, { skip, limit, reverse: sort[0] === '-code' });
        const items = rows.map((row) =>
          lotOf(filter.item === undefined ? row : { ...row, item: 'ITEM-007' }),
        );
        const next = skip + limit < some ? { next: String(skip + limit) } : {};
        return { items, ...next, total: some, asOf };
      },
      async summary() {
        const groups = Array.from({ length: 40 }, (_, n) =>
          group(`ITEM-${String(n).padStart(3, '0')}`, count / 40),
        );
        return { groups, count, sums: {}, asOf };
      },
      values: async () => ({ items: [], asOf }),
    },
    items: none,
    lotStatuses: none,
    can: async (acts) => acts.map(() => true),
    capabilities: {
      commands: {},
      durability: 'none',
      queries: {
        'lots.list': {
          ...{ sorts: ['code', 'item', 'expiryDate'], filters: ['item', 'state'], search: true, total: true },
          ...{
            comparisons: { item: ['in', 'like'] },
            sortDepth: 3,
            skip: true,
            groups: ['item'],
            values: [],
          },
        },
      },
    },
    subscribe: () => () => {},
    status: () => ({ state: 'open', seq: 1 }),
    close: async () => {},
  };
}
