/** Lots by hand: created, edited, closed, corrected, deleted. */
import { describe, expect, test } from 'vitest';
import { load, refusal, refused, sell, trial } from './trial.ts';

describe('a lot by hand', () => {
  test('gets its dates from the item and its code as it was typed', async () => {
    const ledger = await trial();
    const lot = await ledger.lots.create({ item: 'gouda', code: ' Wheel 7 ', notes: 'cellar\nleft' });
    expect(lot).toMatchObject({
      item: 'GOUDA',
      itemDescription: 'Young Gouda, wheel',
      code: 'Wheel 7',
      version: 1,
      startDate: '2026-03-18',
      expiryDate: '2026-05-17',
      sellable: true,
      closed: false,
      exhausted: false,
      state: 'open',
      onHand: '0',
      available: '0',
      stock: [],
      initialQuantity: null,
      unit: { code: 'KG', decimals: 3 },
    });
    const typed = await ledger.lots.create({
      item: 'GOUDA',
      code: 'B',
      startDate: '2026-03-01',
      expiryDate: null,
    });
    expect(typed).toMatchObject({
      startDate: '2026-03-01',
      expiryDate: null,
      expired: false,
      daysLeft: null,
    });
    expect(await ledger.lots.create({ item: 'GOUDA', code: 'C', startDate: null })).toMatchObject({
      startDate: null,
      expiryDate: null,
    });
  });

  test('R18 codes are compared without case, width of Unicode or surrounding space', async () => {
    const ledger = await trial();
    await ledger.lots.create({ item: 'GOUDA', code: 'Käse-1' });
    expect(await refused(ledger.lots.create({ item: 'GOUDA', code: ' KA\u0308SE-1 ' }))).toBe(
      'lot.duplicate at code',
    );
    const found = await ledger.lots.get({ item: 'gouda', code: 'KÄSE-1' });
    expect(found.code).toBe('Käse-1');
  });

  test('R20 an item without lots has none, nor a variant it does not have', async () => {
    const ledger = await trial();
    expect(await refused(ledger.lots.create({ item: 'NAILS', code: 'X' }))).toBe(
      'item.notLotManaged at item',
    );
    expect(await refused(ledger.lots.create({ item: 'NONE', code: 'X' }))).toBe('item.notFound at item');
    expect(await refused(ledger.lots.create({ item: 'GOUDA', code: 'X', variant: 'L' }))).toBe(
      'item.variantNotFound at variant',
    );
    expect(await refused(ledger.lots.create({ item: 'GOUDA', code: 'X', status: 'HOLD' }))).toBe(
      'lotStatus.notFound at status',
    );
    expect(await refused(ledger.lots.create({ item: 'GOUDA', code: 'X', grade: 'A' }))).toBe(
      'grade.notFound at grade',
    );
    expect(await refused(ledger.lots.create({ item: 'GOUDA', code: 'X', lotType: 'A' }))).toBe(
      'lotType.notFound at lotType',
    );
  });

  test('R33 an expiry before the start is refused, when it is created and when it is edited', async () => {
    const ledger = await trial();
    expect(await refused(ledger.lots.create({ item: 'GOUDA', code: 'X', expiryDate: '2026-03-17' }))).toBe(
      'lot.expiryBeforeStart at expiryDate',
    );
    const lot = await ledger.lots.create({ item: 'GOUDA', code: 'X', expiryDate: '2026-03-18' });
    expect(await refused(ledger.lots.update(lot.id, { startDate: '2026-03-19' }))).toBe(
      'lot.expiryBeforeStart at expiryDate',
    );
    expect((await ledger.lots.update(lot.id, { startDate: '2026-02-01' })).expiryDate).toBe('2026-03-18');
  });

  test('R34 an item that requires an expiry gets no lot without', async () => {
    const ledger = await trial();
    await ledger.items.create({
      code: 'SERUM',
      unit: { code: 'VIAL', decimals: 0 },
      lots: { expiryRequired: true },
    });
    expect(await refused(ledger.lots.create({ item: 'SERUM', code: 'X' }))).toBe(
      'lot.expiryRequired at expiryDate',
    );
    const lot = await ledger.lots.create({ item: 'SERUM', code: 'X', expiryDate: '2027-01-31' });
    expect(await refused(ledger.lots.update(lot.id, { expiryDate: null }))).toBe(
      'lot.expiryRequired at expiryDate',
    );
  });

  test('R41 starts in the initial status of its item', async () => {
    const ledger = await trial();
    await ledger.items.update('GOUDA', { lots: { initialStatus: 'QA' } });
    expect((await ledger.lots.create({ item: 'GOUDA', code: 'X' })).status).toBe('QA');
    await load(ledger, 'GOUDA', 'Y', '4');
    expect(await ledger.lots.get({ item: 'GOUDA', code: 'Y' })).toMatchObject({
      status: 'QA',
      onHand: '4',
      available: '0',
    });
  });
});

describe('codes made by hand and by counters', () => {
  test('R4 a deleted code that never moved fills the gap; without gaps the counter goes on', async () => {
    const ledger = await trial();
    const make = async () => ledger.lots.create({ item: 'GOUDA' });
    const [first, second, third] = [await make(), await make(), await make()];
    expect([first.code, second.code, third.code]).toEqual(['260318-01', '260318-02', '260318-03']);
    await ledger.lots.remove(second.id);
    expect((await make()).code).toBe('260318-02');
    expect((await make()).code).toBe('260318-04');
    await ledger.lots.remove(first.id);
    await ledger.codeTypes.update('DAY', { fillGaps: false });
    expect((await make()).code).toBe('260318-05');
    expect(await ledger.verify()).toMatchObject({ ok: true });
  });

  test('R4 a code typed by hand does not advance the counter, which steps over it', async () => {
    const ledger = await trial();
    await ledger.lots.create({ item: 'GOUDA', code: '260318-02' });
    const codes = [];
    for (let i = 0; i < 2; i++) codes.push((await ledger.lots.create({ item: 'GOUDA', code: 'auto' })).code);
    expect(codes).toEqual(['260318-01', '260318-03']);
  });

  test('R4 a code that was on a movement is never used again, reversed or not', async () => {
    const ledger = await trial();
    const posting = await load(ledger, 'GOUDA', 'G1', '2');
    await ledger.postings.reverse(posting.id, { date: '2026-03-18', reason: 'typo' });
    const lot = await ledger.lots.get({ item: 'GOUDA', code: 'G1' });
    expect(await refused(ledger.lots.remove(lot.id))).toBe('lot.referenced');
    expect(await refused(ledger.lots.create({ item: 'GOUDA', code: 'g1' }))).toBe('lot.duplicate at code');
    await ledger.lots.update(lot.id, { code: 'G2' }, { reason: 'label' });
    expect(await refused(ledger.lots.create({ item: 'GOUDA', code: 'G1' }))).toBe('lot.duplicate at code');
    // but it may have its own code back
    expect((await ledger.lots.update(lot.id, { code: 'G1' }, { reason: 'label was right' })).code).toBe('G1');
    expect(await refused(ledger.lots.create({ item: 'GOUDA', code: 'G2' }))).toBe('lot.duplicate at code');
  });

  test('R19 a refused lot and a preview consume no code', async () => {
    const ledger = await trial();
    expect(await ledger.codeTypes.preview('DAY', { item: 'GOUDA', count: 3 })).toEqual([
      '260318-01',
      '260318-02',
      '260318-03',
    ]);
    expect(await refused(ledger.lots.create({ item: 'GOUDA', status: 'NONE' }))).toBe(
      'lotStatus.notFound at status',
    );
    expect((await ledger.lots.create({ item: 'GOUDA' })).code).toBe('260318-01');
  });

  test('R12 the scope of codes is the item, or the whole ledger', async () => {
    const ledger = await trial();
    await ledger.items.create({ code: 'EDAM', unit: { code: 'KG', decimals: 0 }, lots: { codeType: 'DAY' } });
    expect((await ledger.lots.create({ item: 'GOUDA' })).code).toBe('260318-01');
    expect((await ledger.lots.create({ item: 'EDAM' })).code).toBe('260318-01');
    const other = await trial();
    await other.items.create({ code: 'EDAM', unit: { code: 'KG', decimals: 0 }, lots: { codeType: 'DAY' } });
    await other.settings.update({ codeScope: 'ledger' });
    expect((await other.lots.create({ item: 'GOUDA' })).code).toBe('260318-01');
    expect((await other.lots.create({ item: 'EDAM' })).code).toBe('260318-02');
    expect(await refused(other.lots.create({ item: 'EDAM', code: '260318-01' }))).toBe(
      'lot.duplicate at code',
    );
  });

  test('an item without a code type asks for a code', async () => {
    const ledger = await trial();
    await ledger.items.create({ code: 'BRIE', unit: { code: 'PCE', decimals: 0 }, lots: {} });
    expect(await refused(ledger.lots.create({ item: 'BRIE' }))).toBe('field.required at code');
  });
});

describe('R86 a corrected code', () => {
  test('needs a reason, and is locked once the lot has left the house', async () => {
    const ledger = await trial();
    await load(ledger, 'GOUDA', 'G0UDA', '9');
    const lot = await ledger.lots.get({ item: 'GOUDA', code: 'G0UDA' });
    expect(await refused(ledger.lots.update(lot.id, { code: 'GOUDA' }))).toBe('reason.required at code');
    const edited = await ledger.lots.update(lot.id, { code: 'GOUDA' }, { reason: 'zero for O' });
    expect(edited).toMatchObject({ id: lot.id, code: 'GOUDA', version: 2, codeLocked: false });
    // references follow the id; what was printed stays as it was
    expect((await ledger.lots.movements(lot.id)).items).toHaveLength(1);
    await sell(ledger, 'GOUDA', 'gouda', '1');
    expect(await refused(ledger.lots.update(lot.id, { code: 'X' }, { reason: 'late' }))).toBe(
      'lot.codeLocked at code',
    );
    expect(await ledger.verify()).toMatchObject({ ok: true });
  });

  test('of a lot that never moved frees the old one, and may not be taken', async () => {
    const ledger = await trial();
    const lot = await ledger.lots.create({ item: 'GOUDA' });
    await ledger.lots.create({ item: 'GOUDA', code: 'TAKEN' });
    expect(await refused(ledger.lots.update(lot.id, { code: 'taken' }, { reason: 'r' }))).toBe(
      'lot.duplicate at code',
    );
    await ledger.lots.update(lot.id, { code: 'FREE' }, { reason: 'r' });
    expect((await ledger.lots.create({ item: 'GOUDA' })).code).toBe('260318-01');
    // the counter did not make this one: deleting it leaves no gap
    await ledger.lots.remove(lot.id);
    expect((await ledger.lots.create({ item: 'GOUDA' })).code).toBe('260318-02');
  });
});

describe('expiry edited', () => {
  test('R31 where it is fixed only with the permission, and then with a reason', async () => {
    const fixed = { lots: { expiryEditable: false } };
    const plain = await trial();
    await plain.items.update('GOUDA', fixed);
    const lot = await plain.lots.create({ item: 'GOUDA', code: 'X' });
    expect(await refused(plain.lots.update(lot.id, { expiryDate: '2026-06-01' }, { reason: 'lab' }))).toBe(
      'lot.expiryFixed at expiryDate',
    );
    const mighty = await trial({ permissions: ['expiry.edit'] });
    await mighty.items.update('GOUDA', fixed);
    const other = await mighty.lots.create({ item: 'GOUDA', code: 'X' });
    expect(await refused(mighty.lots.update(other.id, { expiryDate: '2026-06-01' }))).toBe(
      'reason.required at expiryDate',
    );
    expect(
      (await mighty.lots.update(other.id, { expiryDate: '2026-06-01' }, { reason: 'lab' })).expiryDate,
    ).toBe('2026-06-01');
  });

  test('R32 of a lot that was shipped: with a reason; what was printed keeps its value', async () => {
    const ledger = await trial();
    await load(ledger, 'GOUDA', 'G1', '9', { expiryDate: '2026-04-30' });
    const sold = await sell(ledger, 'GOUDA', 'G1', '2');
    const lot = await ledger.lots.get({ item: 'GOUDA', code: 'G1' });
    expect(await refused(ledger.lots.update(lot.id, { expiryDate: '2026-04-15' }))).toBe(
      'reason.required at expiryDate',
    );
    await ledger.lots.update(lot.id, { expiryDate: '2026-04-15' }, { reason: 'retest' });
    expect((await ledger.postings.get(sold.id)).lines[0]?.lots[0]?.expiryDate).toBe('2026-04-30');
    expect((await ledger.lots.history(lot.id)).items).toMatchObject([
      { field: 'expiryDate', from: '2026-04-30', to: '2026-04-15', reason: 'retest', actor: 'paola' },
    ]);
  });

  test('R28 R29 R124 the last good day is good until midnight in the zone of the ledger, without an entry', async () => {
    let now = '2026-05-10T21:30:00Z';
    const ledger = await trial({ now: () => now });
    await load(ledger, 'GOUDA', 'G1', '3', { expiryDate: '2026-05-10' });
    const read = () => ledger.lots.get({ item: 'GOUDA', code: 'G1' });
    const seq = ledger.status().seq;
    expect(await read()).toMatchObject({ expired: false, available: '3', daysLeft: 0 });
    // 23:59 in Rome, then a minute later: the UTC day is still the 10th
    now = '2026-05-10T22:00:00Z';
    expect(await read()).toMatchObject({ expired: true, available: '0', onHand: '3', daysLeft: -1 });
    expect(ledger.status().seq).toBe(seq);
    expect((await ledger.lots.list({ filter: { expired: true } })).items).toHaveLength(1);
    expect((await ledger.lots.list({ filter: { expired: false } })).items).toHaveLength(0);
  });
});

describe('closing and status', () => {
  test('R45 a closed lot shows nothing on hand, tells what is there, and comes back when reopened', async () => {
    const ledger = await trial();
    await load(ledger, 'GOUDA', 'G1', '7.5');
    const { id } = await ledger.lots.get({ item: 'GOUDA', code: 'G1' });
    const closed = await ledger.lots.update(id, { closed: true });
    expect(closed).toMatchObject({
      onHand: '0',
      available: '0',
      closedQuantity: '7.5',
      state: 'closed',
      exhausted: false,
    });
    expect(closed.stock).toMatchObject([
      { onHand: '0', available: '0', closedQuantity: '7.5', loaded: '7.5' },
    ]);
    expect(await refused(sell(ledger, 'GOUDA', 'G1', '1'))).toMatch(/^lot\.closed/);
    expect((await ledger.lots.movements(id)).items).toHaveLength(1);
    expect(await ledger.lots.update(id, { closed: false })).toMatchObject({
      onHand: '7.5',
      closedQuantity: '0',
    });
    await sell(ledger, 'GOUDA', 'G1', '1');
  });

  test('R45 reopening and a change of status take their permissions', async () => {
    const ledger = await trial({ permissions: [] });
    const { id } = await ledger.lots.create({ item: 'GOUDA', code: 'G1' });
    await ledger.lots.update(id, { closed: true });
    const reopened = await refusal(ledger.lots.update(id, { closed: false }));
    expect(reopened).toMatchObject({
      code: 'permission.denied',
      kind: 'forbidden',
      details: { action: 'lot.reopen' },
    });
    expect(await refused(ledger.lots.update(id, { status: 'OK' }))).toBe('permission.denied at status');
    expect(await ledger.can([{ action: 'lot.reopen' }, { action: 'lots.create' }])).toEqual([false, true]);
    await ledger.items.update('GOUDA', { lots: { initialStatus: 'QA' } });
    expect(await refused(ledger.lots.create({ item: 'GOUDA', code: 'G2', status: 'OK' }))).toBe(
      'permission.denied at status',
    );
  });

  test('R46 open, exhausted, closed: each state in its filter', async () => {
    const ledger = await trial();
    await ledger.lots.create({ item: 'GOUDA', code: 'NEVER' });
    await load(ledger, 'GOUDA', 'EMPTY', '2');
    await sell(ledger, 'GOUDA', 'EMPTY', '2');
    await load(ledger, 'GOUDA', 'STOCK', '2');
    await load(ledger, 'GOUDA', 'SHUT', '2');
    await ledger.lots.update((await ledger.lots.get({ item: 'GOUDA', code: 'SHUT' })).id, { closed: true });
    const codes = async (state: string) =>
      (await ledger.lots.list({ filter: { state } })).items.map((lot) => lot.code);
    expect(await codes('open')).toEqual(['NEVER', 'STOCK']);
    expect(await codes('closed')).toEqual(['EMPTY', 'SHUT']);
    expect(await codes('all')).toEqual(['EMPTY', 'NEVER', 'SHUT', 'STOCK']);
    expect(await ledger.lots.get({ item: 'GOUDA', code: 'EMPTY' })).toMatchObject({
      exhausted: true,
      state: 'closed',
    });
    expect(await refused(ledger.lots.list({ filter: { state: 'some' } }))).toBe('field.type at filter.state');
  });

  test('R42 R44 an unavailable status lowers what is available, not sellable does not', async () => {
    const ledger = await trial();
    await load(ledger, 'GOUDA', 'G1', '6');
    const { id } = await ledger.lots.get({ item: 'GOUDA', code: 'G1' });
    expect(await ledger.lots.update(id, { sellable: false })).toMatchObject({ available: '6' });
    expect(await ledger.lots.update(id, { status: 'qa' })).toMatchObject({
      status: 'QA',
      available: '0',
      onHand: '6',
    });
    // R124: a policy that changes touches no lot record
    const { version } = await ledger.lots.get(id);
    await ledger.lotStatuses.update('QA', { available: true });
    expect(await ledger.lots.get(id)).toMatchObject({ available: '6', version });
  });

  test('R48 where the workflow owns them, status, sellable and closed are not edited directly', async () => {
    const ledger = await trial();
    const { id } = await ledger.lots.create({ item: 'GOUDA', code: 'G1' });
    await ledger.settings.update({ workflowOnly: true });
    for (const patch of [{ status: 'OK' }, { sellable: false }, { closed: true }]) {
      expect(await refused(ledger.lots.update(id, patch))).toBe(
        `workflow.required at ${Object.keys(patch)[0]}`,
      );
    }
    expect((await ledger.lots.update(id, { notes: 'fine' })).notes).toBe('fine');
    expect(await refused(ledger.lots.create({ item: 'GOUDA', code: 'G2', status: 'OK' }))).toBe(
      'workflow.required at status',
    );
  });
});

test('R121 every change is in the history with who, when, from, to, why and from where', async () => {
  let now = '2026-03-18T10:00:00Z';
  const ledger = await trial({ now: () => now });
  const { id } = await ledger.lots.create({ item: 'GOUDA', code: 'G1', supplierLot: 'V-1' });
  now = '2026-03-19T08:00:00Z';
  await ledger.lots.update(
    id,
    { supplierLot: 'V-2', status: 'QA' },
    { reason: 'recount', source: 'ui', version: 1 },
  );
  await ledger.lots.update(
    id,
    { closed: true, attributes: { shelf: 'top' } },
    { source: 'scan', actor: 'remo' },
  );
  const { items } = await ledger.lots.history(id);
  expect(
    items.map(({ field, from, to, actor, reason, source }) => [field, from, to, actor, reason, source]),
  ).toEqual([
    ['closed', false, true, 'remo', null, 'scan'],
    ['attributes', {}, { shelf: 'top' }, 'remo', null, 'scan'],
    ['supplierLot', 'V-1', 'V-2', 'paola', 'recount', 'ui'],
    ['status', null, 'QA', 'paola', 'recount', 'ui'],
  ]);
  expect(items[3]?.at).toBe('2026-03-19T08:00:00.000Z');
  const first = await ledger.lots.history(id, { limit: 3 });
  const rest = await ledger.lots.history(id, { limit: 3, cursor: first.next as string });
  expect([...first.items, ...rest.items]).toEqual(items);
  expect(await refused(ledger.lots.update(id, { notes: 'x' }, { version: 1 }))).toBe('concurrency.stale');
  const attributed = (attributes: object | null) => ledger.lots.update(id, { attributes } as never);
  expect((await attributed({ rind: 'wax' })).attributes).toEqual({ shelf: 'top', rind: 'wax' });
  expect((await attributed({ shelf: null })).attributes).toEqual({ rind: 'wax' });
  expect((await attributed(null)).attributes).toEqual({});
});

test('R87 a lot nothing refers to is deleted; one that moved or has serials is not', async () => {
  const ledger = await trial();
  await ledger.items.create({ code: 'PUMP', unit: { code: 'PCE', decimals: 0 }, lots: {}, serials: {} });
  const lot = await ledger.lots.create({ item: 'PUMP', code: 'L1' });
  const serial = await ledger.serials.create({ item: 'PUMP', code: 'P-1', lot: 'l1' });
  expect(serial).toMatchObject({ lot: 'L1', lotId: lot.id });
  expect(await refused(ledger.lots.remove(lot.id))).toBe('lot.referenced');
  await ledger.serials.remove(serial.id);
  expect(await refused(ledger.lots.remove(lot.id, { version: 9 }))).toBe('concurrency.stale');
  await ledger.lots.remove(lot.id, { version: 1 });
  const gone = await refusal(ledger.lots.get(lot.id));
  expect(gone).toMatchObject({ code: 'lot.notFound', kind: 'missing' });
  expect(await ledger.verify()).toMatchObject({ ok: true });
});
