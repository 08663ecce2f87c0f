/** Plain maps: what the work costs when nothing is checked, kept twice or remembered. */

export async function open() {
  const lots = new Map();
  const balances = new Map();
  const postings = new Map();
  const movements = [];
  const post = ({ id, load, warehouse, item, lot, date, expiry, quantity }) => {
    const signed = load ? quantity : -quantity;
    const lotKey = `${item}|${lot}`;
    const known = lots.get(lotKey);
    if (known) known.onHand += signed;
    else lots.set(lotKey, { item, code: lot, expiry, onHand: signed });
    const placeKey = `${lotKey}|${warehouse}`;
    balances.set(placeKey, (balances.get(placeKey) ?? 0) + signed);
    postings.set(id, { id, warehouse, date, load });
    movements.push({ posting: id, lot: lotKey, warehouse, date, quantity: signed });
  };
  return {
    run: async (all) => all.forEach(post),
    lots: async () => lots.size,
    close: async () => {},
  };
}
