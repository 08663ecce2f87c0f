/** Records over HTTP: made, read, changed and removed, by id and by natural key, each on its version. */
import { beforeAll, expect, test } from 'vitest';
import { dairy, milk, type Site, site } from './setup.ts';

let at: Site;

beforeAll(async () => {
  at = await site();
  await dairy(at.ledger);
});

test('a record is made, read under its location, changed on its version and removed', async () => {
  const { ask } = at;
  const made = await ask('/grades', { body: { code: 'A', description: 'Best' } });
  expect(made).toMatchObject({ status: 201, body: { code: 'A', description: 'Best', version: 1 } });
  const path = made.headers.get('location') as string;
  expect(path).toBe('/grades/a');
  const read = await ask(path);
  expect(read.headers.get('etag')).toBe(made.headers.get('etag'));
  const etag = read.headers.get('etag') as string;
  const changed = await ask(path, {
    method: 'PATCH',
    body: { description: 'Finest' },
    headers: { 'if-match': etag },
  });
  expect(changed).toMatchObject({ status: 200, body: { description: 'Finest', version: 2 } });
  const gone = await ask(`${path}?reason=${encodeURIComponent('not used')}`, {
    method: 'DELETE',
    headers: { 'if-match': changed.headers.get('etag') as string },
  });
  expect(gone).toMatchObject({ status: 204, body: '' });
  expect(await ask(path)).toMatchObject({ status: 404, body: { code: 'grade.notFound', kind: 'missing' } });
  const history = await ask('/grades/a/history?field=description');
  expect(history.body.items.map(({ actor }: { actor: string }) => actor)).toContain('maria');
});

test('a change says which version it is made on: 428 without, 412 when it is stale, * for any', async () => {
  const { ask } = at;
  await ask('/lotTypes', { body: { code: 'RAW' } });
  const patch = { method: 'PATCH', body: { description: 'Raw' } };
  const without = await ask('/lotTypes/RAW', patch);
  expect(without).toMatchObject({ status: 428, body: { code: 'version.required', path: 'If-Match' } });
  const stale = await ask('/lotTypes/RAW', { ...patch, headers: { 'if-match': '"7"' } });
  expect(stale).toMatchObject({ status: 412, body: { code: 'concurrency.stale', details: { version: 1 } } });
  const plain = await ask('/lotTypes/RAW', { ...patch, headers: { 'if-match': '"1"' } });
  expect(plain).toMatchObject({ status: 200, body: { version: 2 } });
  const any = await ask('/lotTypes/RAW', {
    ...patch,
    body: { description: 'Raw goods' },
    headers: { 'if-match': '*' },
  });
  expect(any).toMatchObject({ status: 200, body: { version: 3 } });
  for (const tag of ['7', 'W/"3"', '"x"', '"1", "3"', '"-1"', '"1e3"']) {
    const wrong = await ask('/lotTypes/RAW', { ...patch, headers: { 'if-match': tag } });
    expect(wrong, tag).toMatchObject({ status: 400, body: { code: 'field.type', path: 'If-Match' } });
  }
  const removing = await ask('/lotTypes/RAW', { method: 'DELETE' });
  expect(removing).toMatchObject({ status: 428, body: { code: 'version.required' } });
  const elsewhere = await ask('/lotTypes/RAW', {
    method: 'PATCH',
    body: { id: 'other' },
    headers: { 'if-match': '*' },
  });
  expect(elsewhere.status).toBe(400);
});

test('an answer that is known already is 304, and none is that only has the same version', async () => {
  const { ask, ledger } = at;
  await ask('/postings', { body: milk('10', 'TAG') });
  const path = '/items/MILK/lots/TAG';
  const first = await ask(path);
  const etag = first.headers.get('etag') as string;
  expect(etag).toMatch(/^"1-/);
  for (const known of [etag, `"0", ${etag}`, '*', `W/${etag}`]) {
    const again = await ask(path, { headers: { 'if-none-match': known } });
    expect(again).toMatchObject({ status: 304, body: '' });
    expect(again.headers.get('etag')).toBe(etag);
  }
  await ledger.postings.post(milk('5', 'TAG') as Parameters<typeof ledger.postings.post>[0]).catch(() => 0);
  const { id } = first.body;
  await ledger.reservations.commit({
    lines: [
      {
        item: 'MILK',
        warehouse: 'MAIN',
        location: 'A-01',
        quantity: '3',
        lots: [{ code: 'TAG', quantity: '3' }],
      },
    ],
  });
  const moved = await ask(`/lots/${id}`, { headers: { 'if-none-match': etag } });
  expect(moved).toMatchObject({ status: 200, body: { reserved: '3', version: 1 } });
});

test('a record is found by its natural key, and changed by it', async () => {
  const { ask } = at;
  const template = await ask('/warehouses/main/templates/loa');
  expect(template).toMatchObject({ status: 200, body: { warehouse: 'MAIN', code: 'LOA' } });
  const patched = await ask('/warehouses/MAIN/templates/LOA', {
    method: 'PATCH',
    body: { description: 'Load' },
    headers: { 'if-match': template.headers.get('etag') as string },
  });
  expect(patched).toMatchObject({ status: 200, body: { description: 'Load', version: 2 } });
  expect((await ask(`/templates/${encodeURIComponent(patched.body.id)}`)).body).toEqual(patched.body);

  const party = await ask('/parties', { body: { kind: 'supplier', code: 'S1', name: 'Dairy Ltd' } });
  expect(party).toMatchObject({ status: 201, body: { kind: 'supplier', code: 'S1', name: 'Dairy Ltd' } });
  const renamed = await ask('/parties/supplier/S1', {
    method: 'PATCH',
    body: { name: 'Dairy plc' },
    headers: { 'if-match': '*' },
  });
  expect(renamed.body).toMatchObject({ name: 'Dairy plc' });
  expect((await ask('/parties/supplier/s1')).body).toMatchObject({ name: 'Dairy plc' });
  const erased = await ask('/parties/supplier/S1', { method: 'DELETE', headers: { 'if-match': '*' } });
  expect(erased.status).toBe(204);

  const made = await ask('/lots', { body: { item: 'MILK', code: 'A/1 é' } });
  expect(made.headers.get('location')).toBe(`/lots/${made.body.id}`);
  const byCode = `/items/MILK/lots/${encodeURIComponent('a/1 É')}`;
  expect((await ask(byCode)).body.id).toBe(made.body.id);
  expect((await ask(`${byCode}?variant=`)).body.id).toBe(made.body.id);
  const noted = await ask(byCode, {
    method: 'PATCH',
    body: { notes: 'cold', reason: 'Said so' },
    headers: { 'if-match': '"1"' },
  });
  expect(noted.body).toMatchObject({ notes: 'cold', version: 2 });
  const { items } = (await ask(`/lots/${made.body.id}/history?field=notes`)).body;
  expect(items[0]).toMatchObject({ field: 'notes', to: 'cold', reason: 'Said so', actor: 'maria' });
  expect((await ask(byCode, { method: 'DELETE', headers: { 'if-match': '"2"' } })).status).toBe(204);
});

test('settings are one record', async () => {
  const { ask } = at;
  const read = await ask('/settings');
  const tag = read.headers.get('etag') as string;
  const changed = await ask('/settings', {
    method: 'PATCH',
    body: { duplicateRows: 'refuse' },
    headers: { 'if-match': tag },
  });
  expect(changed).toMatchObject({ status: 200, body: { duplicateRows: 'refuse' } });
  expect((await ask('/settings/history')).body.items[0]).toMatchObject({ field: 'duplicateRows' });
});

test('a posting is previewed, posted, read, reversed and linked', async () => {
  const { ask } = at;
  const body = { ...milk('40', 'P1'), key: 'doc-1', commandId: 'posting-1' };
  const preview = await ask('/postings/preview', { body });
  expect(preview).toMatchObject({ status: 200, body: { lines: [{ lots: [{ code: 'P1' }] }] } });
  const posted = await ask('/postings', { body });
  expect(posted).toMatchObject({ status: 201, body: { actor: 'maria', key: 'doc-1' } });
  expect(posted.headers.get('idempotency-key')).toBe('posting-1');
  const path = posted.headers.get('location') as string;
  expect((await ask(path)).body).toEqual(posted.body);
  const linked = await ask(`${path}/link`, {
    body: { document: { type: 'salesInvoice', number: 'SI-7' } },
  });
  expect(linked.body.documents).toMatchObject([{ number: 'SI-7' }]);
  const reversed = await ask(`${path}/reverse`, { body: { date: '2026-11-22', reason: 'Wrong' } });
  expect(reversed).toMatchObject({ status: 201, body: { reverses: posted.body.id } });
  const again = await ask(`${path}/reverse`, { body: { date: '2026-11-22', reason: 'Wrong' } });
  expect(again).toMatchObject({ status: 422, body: { code: 'posting.alreadyReversed', kind: 'rejected' } });
});

test('a job is started over a filter and run', async () => {
  const { ask, ledger } = at;
  await ledger.lotStatuses.create({ code: 'HOLD', description: 'On hold' });
  for (const code of ['J1', 'J2', 'J3']) await ask('/lots', { body: { item: 'MILK', code, supplier: 'J' } });
  const started = await ask('/jobs', {
    body: {
      command: 'lots.update',
      filter: { supplier: 'J' },
      patch: { status: 'HOLD' },
      reason: 'Complaint',
    },
  });
  expect(started).toMatchObject({ status: 201, body: { counts: { total: 3, pending: 3 }, actor: 'maria' } });
  const misspelt = await ask('/jobs', {
    body: { command: 'lots.update', filter: { supplier: 'J' }, exept: ['x'], patch: { status: 'HOLD' } },
  });
  expect(misspelt).toMatchObject({ status: 400, body: { code: 'field.unknown', path: 'exept' } });
  const path = started.headers.get('location') as string;
  expect((await ask(`${path}/pending?limit=2`)).body).toHaveLength(2);
  const run = await ask(`${path}/run`, { method: 'POST' });
  expect(run.body).toMatchObject({ counts: { total: 3, done: 3, pending: 0 } });
  expect((await ask(`${path}/results?outcome=done`)).body.items).toHaveLength(3);
  const retried = await ask(`${path}/retry`, { method: 'POST' });
  expect(retried).toMatchObject({ status: 422, body: { code: 'job.empty' } });
  expect((await ask('/values/lots/status?supplier=J')).body.items).toMatchObject([
    { value: 'HOLD', count: 3 },
  ]);
});

test('reservations, counts, recalls, inspections and alerts have their verbs', async () => {
  const { ask } = at;
  await ask('/postings', { body: milk('20', 'V1') });
  const { id: lot } = (await ask('/items/MILK/lots/V1')).body;
  const line = { item: 'MILK', warehouse: 'MAIN', location: 'A-01', quantity: '4' };
  const document = { type: 'salesOrder', number: 'SO-7' };
  const kept = await ask('/reservations', {
    body: { document, lines: [{ ...line, lots: [{ code: 'V1', quantity: '4' }] }] },
  });
  expect(kept).toMatchObject({ status: 201, body: [{ quantity: '4' }] });
  const path = `/reservations/${kept.body[0].id}`;
  const { headers } = await ask(path);
  const altered = await ask(path, {
    method: 'PATCH',
    body: { quantity: '3' },
    headers: { 'if-match': headers.get('etag') as string },
  });
  expect(altered.body).toMatchObject({ quantity: '3' });
  expect((await ask('/reservations/release', { body: { document } })).body).toHaveLength(1);

  const opened = await ask('/inspections', { body: { lot } });
  expect(opened).toMatchObject({ status: 201, body: { lotId: lot } });
  const finished = await ask(`/inspections/${opened.body.id}/finish`, { body: { result: 'pass' } });
  expect(finished.body).toMatchObject({ result: 'pass' });

  const sheet = await ask('/warehouses/MAIN/countSheet?item=MILK&location=A-01');
  expect(sheet.body.lines[0]).toMatchObject({ item: 'MILK' });
  const recall = await ask('/recalls', { body: { reason: 'Listeria', lots: [lot], code: 'R1' } });
  expect(recall).toMatchObject({ status: 201, body: { code: 'R1', reason: 'Listeria' } });
  const parties = await ask(`/recalls/R1/parties?limit=5`);
  expect(parties.body.items).toEqual([]);
  const freed = await ask(`/recalls/${recall.body.id}/free`, { body: { free: 'all', reason: 'Clean' } });
  expect(freed.status).toBe(200);
  expect((await ask('/alerts?warehouse=MAIN')).body.items).toEqual([]);
  const can = await ask('/can', { body: [{ action: 'posting.reverse' }, { action: 'expired.force' }] });
  expect(can.body).toEqual([true, false]);
});

test('lots are made of lots, traced and allocated', async () => {
  const { ask, ledger } = at;
  const common = { warehouse: 'MAIN', intent: 'other', tracksLots: true } as const;
  await ledger.templates.create({ ...common, code: 'LFI', type: 'load' });
  const counterpart = { warehouse: 'MAIN', template: 'LFI' };
  await ledger.templates.create({
    ...common,
    code: 'LFL',
    type: 'unload',
    createsLotFromLot: true,
    counterpart,
  });
  await ask('/postings', { body: milk('30', 'T1') });
  const { id } = (await ask('/items/MILK/lots/T1')).body;
  const split = {
    lot: id,
    warehouse: 'MAIN',
    location: 'A-01',
    template: 'LFL',
    date: '2026-11-22',
    into: [{ code: 'T1-A', quantity: '10' }],
  };
  const preview = await ask('/lots/split/preview', { body: split });
  expect(preview).toMatchObject({ status: 200, body: { made: [{ code: 'T1-A' }] } });
  const made = await ask('/lots/split', { body: split });
  expect(made).toMatchObject({ status: 201, body: { made: [{ code: 'T1-A', quantity: '10' }] } });
  const trace = await ask(`/lots/${id}/trace?direction=forward&components=tracked`);
  expect(trace.body.nodes.map(({ code }: { code: string }) => code)).toEqual(['T1', 'T1-A']);
  expect((await ask(`/lots/${id}/balance`)).body).toMatchObject({ difference: '0' });
  expect((await ask(`/lots/${id}/lineage`)).body).toBeTruthy();
  expect((await ask(`/lots/${id}/at?asOf=2026-11-21`)).body).toMatchObject({ onHand: '30' });
  const allocation = await ask('/lots/allocate', {
    body: { item: 'MILK', warehouse: 'MAIN', quantity: '2' },
  });
  expect(allocation.body.taken).toMatchObject([{ quantity: '2' }]);
});
