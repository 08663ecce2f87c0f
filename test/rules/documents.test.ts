/** Documents derived from a posting, and labels: what they show, what they lock, what they leave alone. */
import { describe, expect, it } from 'vitest';
import { dairy, electronics, lotOf, pharma, refused } from './world.ts';

const invoice = { type: 'salesInvoice', number: 'SI-7', date: '2026-11-24' } as const;

describe('documents derived from a posting', () => {
  it('R133 an invoice linked to a delivery shows under other documents and moves nothing', async () => {
    const world = await dairy();
    const lot = await lotOf(world, 'MILK', 'A', '40');
    const sent = await world.post('UNL', {
      item: 'MILK',
      quantity: '9',
      lots: [{ code: 'A', quantity: '9' }],
    });
    const before = await world.ledger.lots.get(lot.id);
    const linked = await world.ledger.postings.link(sent.id, { document: invoice });
    expect(linked.documents).toEqual([{ ...invoice, url: null }]);
    expect(linked.lines[0]?.documents).toEqual(linked.documents);
    expect((await world.ledger.postings.get(sent.id)).documents).toEqual(linked.documents);
    const after = await world.ledger.lots.get(lot.id);
    expect([after.onHand, after.stock]).toEqual([before.onHand, before.stock]);
    const { items } = await world.ledger.lots.movements(lot.id);
    expect(items.map((each) => each.otherDocuments.map((one) => one.number))).toEqual([['SI-7'], []]);
    expect((await world.ledger.verify()).ok).toBe(true);
  });

  it('R133 a link concerns one line where it names it, is kept once, and stays off the reversal', async () => {
    const world = await dairy();
    const sent = await world.post('LOA', [
      { item: 'MILK', quantity: '3', lots: [{ code: 'A', quantity: '3' }] },
      { item: 'SALT', quantity: '2' },
    ]);
    const [, second] = sent.lines;
    const link = { document: { type: 'other', number: 'P-1' } as const, line: second?.id ?? '' };
    await world.ledger.postings.link(sent.id, link);
    const seq = world.ledger.status().seq;
    const again = await world.ledger.postings.link(sent.id, {
      ...link,
      document: { type: 'other', number: ' p-1' },
    });
    expect(again.lines.map((line) => line.documents.length)).toEqual([0, 1]);
    expect(again.documents).toHaveLength(1);
    await world.ledger.postings.link(sent.id, { document: { type: 'other', number: 'P-1' } });
    const both = await world.ledger.postings.get(sent.id);
    expect(both.lines.map((line) => line.documents.length)).toEqual([1, 1]);
    expect(both.documents).toHaveLength(1);
    expect(world.ledger.status().seq).toBeGreaterThan(seq);
    const taken = await world.ledger.postings.reverse(sent.id, { date: '2026-11-22', reason: 'Wrong goods' });
    expect(taken.documents).toEqual([]);
    expect((await world.ledger.postings.get(sent.id)).documents).toHaveLength(1);
  });

  it('R133 what does not exist cannot be linked to, and a document has a number', async () => {
    const world = await dairy();
    const sent = await world.post('LOA', { item: 'SALT', quantity: '2' });
    const { link } = world.ledger.postings;
    await refused(world, () => link('nothing', { document: invoice }), {
      code: 'posting.notFound',
      kind: 'missing',
    });
    await refused(world, () => link(sent.id, { document: invoice, line: 'x' }), {
      code: 'posting.lineNotFound',
      path: 'line',
    });
    await refused(world, () => link(sent.id, { document: { type: 'salesInvoice' } as never }), {
      code: 'field.required',
      path: 'document.number',
      kind: 'invalid',
    });
  });
});

describe('codes that are fixed', () => {
  it('R86 an invoice fixes the codes of its lots and pieces, another document does not', async () => {
    const world = await pharma();
    const load = await world.post('LOA', {
      item: 'VACCINE',
      quantity: '1',
      lots: [{ code: 'V1', quantity: '1' }],
      serials: [{ code: 'P1', lot: 'V1' }],
    });
    const reason = { reason: 'Misread' };
    const { lots, serials, postings } = world.ledger;
    const [lot, piece] = [load.lines[0]?.lots[0]?.id ?? '', load.lines[0]?.serials[0]?.id ?? ''];
    await postings.link(load.id, { document: { type: 'purchaseOrder', number: 'PO-1' } });
    expect((await lots.update(lot, { code: 'V2' }, reason)).code).toBe('V2');
    await postings.link(load.id, { document: { type: 'purchaseInvoice', number: 'PI-1' } });
    expect((await lots.get(lot)).codeLocked).toBe(true);
    expect((await serials.get(piece)).codeLocked).toBe(true);
    await refused(world, () => lots.update(lot, { code: 'V3' }, reason), 'lot.codeLocked');
    await refused(world, () => serials.update(piece, { code: 'P3' }, reason), 'serial.codeLocked');
  });

  it('R86 a printed label fixes the code; the history says who printed it and when', async () => {
    const world = await dairy();
    const lot = await lotOf(world, 'MILK', 'A', '40');
    const printed = await world.ledger.lots.printed(
      { item: 'MILK', code: 'A' },
      { actor: 'ugo', source: 'ui' },
    );
    expect(printed.codeLocked).toBe(true);
    await refused(
      world,
      () => world.ledger.lots.update(lot.id, { code: 'B' }, { reason: 'x' }),
      'lot.codeLocked',
    );
    const [entry] = (await world.ledger.lots.history(lot.id, { field: 'printed' })).items;
    expect(entry).toMatchObject({ field: 'printed', to: true, actor: 'ugo', source: 'ui' });
    await refused(world, () => world.ledger.lots.printed('none'), { code: 'lot.notFound', kind: 'missing' });
  });

  it('R86 the label of a piece fixes its code as well', async () => {
    const world = await electronics();
    await world.post('LOA', { item: 'RADIO', quantity: '1', serials: [{ code: 'R-1' }] });
    const piece = await world.ledger.serials.get({ item: 'RADIO', code: 'r-1' });
    expect(piece.codeLocked).toBe(false);
    expect((await world.ledger.serials.printed(piece.id)).codeLocked).toBe(true);
    await refused(
      world,
      () => world.ledger.serials.update(piece.id, { code: 'R-2' }, { reason: 'x' }),
      'serial.codeLocked',
    );
    expect((await world.ledger.verify()).ok).toBe(true);
  });
});
