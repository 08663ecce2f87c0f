/** TinyBase: a store of tables in memory, the same four tables as in SQLite, no rules. */
import { createStore } from 'tinybase/store';

export async function open() {
  const store = createStore();
  let movement = 0;
  const post = ({ id, load, warehouse, item, lot, date, expiry, quantity }) => {
    const signed = load ? quantity : -quantity;
    const lotKey = `${item}|${lot}`;
    if (store.hasRow('lots', lotKey)) {
      store.setCell('lots', lotKey, 'onHand', (onHand) => onHand + signed);
    } else {
      store.setRow('lots', lotKey, { item, code: lot, expiry, onHand: signed });
    }
    const placeKey = `${lotKey}|${warehouse}`;
    if (store.hasRow('balances', placeKey)) {
      store.setCell('balances', placeKey, 'onHand', (onHand) => onHand + signed);
    } else {
      store.setRow('balances', placeKey, { lot: lotKey, warehouse, onHand: signed });
    }
    store.setRow('postings', id, { warehouse, date, load });
    const number = String(movement++);
    store.setRow('movements', number, { posting: id, lot: lotKey, warehouse, date, quantity: signed });
  };
  return {
    run: async (all, inFlight) => {
      for (let i = 0; i < all.length; i += inFlight) {
        store.transaction(() => all.slice(i, i + inFlight).forEach(post));
      }
    },
    lots: async () => store.getRowCount('lots'),
    close: async () => {},
  };
}
