/** A genealogy of very many lots: the records as the engine leaves them behind. */
export const AT = '2026-11-22T09:00:00.000Z';
export const DAY = '2026-11-22';
export const nameOf = (n) => `lot${String(n).padStart(7, '0')}`;

export const item = {
  id: 'milk',
  version: 1,
  edition: 1,
  used: true,
  moved: true,
  code: 'MILK',
  unit: { code: 'PCE', decimals: 0 },
  lots: {},
  createdAt: AT,
  updatedAt: AT,
};

export const lotOf = (id) => ({
  id,
  version: 1,
  edition: 1,
  item: 'MILK',
  itemKey: 'milk',
  variant: null,
  code: id,
  codeKey: id,
  scope: 'milk',
  origin: null,
  reference: null,
  description: null,
  status: null,
  grade: null,
  lotType: null,
  supplier: null,
  manufacturer: null,
  supplierLot: null,
  startDate: DAY,
  expiryDate: null,
  manufactureDate: null,
  bestBefore: null,
  retestDate: null,
  removalDate: null,
  initialQuantity: 1,
  packageCount: null,
  notes: null,
  labelType: null,
  sellable: true,
  closed: false,
  attributes: {},
  createdAt: AT,
  updatedAt: AT,
  decimals: 0,
  onHand: 1,
  moved: true,
  live: 1,
  left: false,
  firstLoadDate: DAY,
  firstLoadSeq: 1,
  firstLoadPosting: 'p0',
  reserved: 0,
  claimed: false,
  recall: null,
  blockRule: null,
  inspected: null,
  printed: false,
});

/** Every lot but the first was made of the one four times nearer, and every tenth of another one too. */
export function linksOf(count) {
  const links = [];
  for (let n = 1; n < count; n++) {
    links.push([(n - 1) >> 2, n]);
    if (n % 10 === 0) links.push([(n * 7) % n, n]);
  }
  return links;
}

export const edgeOf = ([from, to], n) => ({
  id: `e${n}`,
  version: 1,
  seq: 1,
  date: DAY,
  kind: 'consume',
  from: nameOf(from),
  fromKind: 'lot',
  fromItem: 'MILK',
  fromVariant: null,
  fromQuantity: 1,
  fromDecimals: 0,
  to: nameOf(to),
  toKind: 'lot',
  toItem: 'MILK',
  toVariant: null,
  toQuantity: 1,
  toDecimals: 0,
  unload: null,
  load: null,
  traced: true,
  endDate: null,
  endSeq: null,
  reversed: false,
});
