/** What is sent to a server and what it answers to it are what its description says, for each thing that is done. */
import { beforeAll, expect, test } from 'vitest';
import { Judge } from './described.ts';
import { type Answered, type Site, site } from './setup.ts';

let at: Site;
let judge: Judge;
const done = new Set<string>();
const wrong: string[] = [];
// biome-ignore lint/suspicious/noExplicitAny: answers are read as they are expected
const known: Record<string, any> = {};

beforeAll(async () => {
  at = await site({ authorize: () => true });
  judge = new Judge((await at.ask('/openapi.json')).body);
});

/** Does one thing, and holds body and answer to the description. */
async function act(id: string, path: string, body?: unknown, version?: number): Promise<Answered['body']> {
  const { method } = judge.operation(id);
  const before = judge.wrongBody(id, body);
  const answer = await at.ask(path, {
    method: method.toUpperCase(),
    ...(body === undefined ? {} : { body }),
    headers: version === undefined ? {} : { 'if-match': `"${version}"` },
  });
  const after = judge.wrongAnswer(id, answer.status, answer.body);
  if (before) wrong.push(`${id} is sent ${before}`);
  if (after) wrong.push(`${id} answers ${after}`);
  if (answer.status >= 400) wrong.push(`${id}: ${answer.status} ${JSON.stringify(answer.body)}`);
  done.add(id);
  return answer.body;
}

/** Makes, changes and removes one record of master data. */
async function master(
  tag: string,
  body: Record<string, unknown>,
  at = `/${tag}/${body.code}`,
): Promise<void> {
  const made = await act(`${tag}Create`, `/${tag}`, body);
  const edited = await act(`${tag}Update`, at, { description: 'Changed', reason: 'Better' }, made.version);
  await act(`${tag}Remove`, at, undefined, edited.version);
  known[tag] = await act(`${tag}Create`, `/${tag}`, body);
}

const row = (code: string, quantity: string) => ({ code, quantity });
const line = (quantity: string, lots: unknown, item = 'MILK') => ({ item, quantity, location: 'A-01', lots });
const header = { warehouse: 'MAIN', date: '2026-11-22' };

async function masters(): Promise<void> {
  const parts = [
    { source: 'insertYear', length: 4 },
    { source: 'number', length: 4, fill: '0' },
  ];
  await master('codeTypes', { code: 'YM', kind: 'lot', parts, root: ['insertYear'] });
  await master('letterTables', { code: 'Y', kind: 'year', rows: [{ value: 2026, letter: 'A' }] });
  await master('lotTypes', { code: 'BIO' });
  await master('grades', { code: 'A' });
  await master('lotStatuses', { code: 'FREE', intents: { sale: 'warn' } });
  await master('blockRules', { code: 'HOLD', status: 'FREE', active: false });
  await master('transitions', { code: 'GO', kind: 'lot', to: 'FREE' });
  await master('transitions', { code: 'GONE', kind: 'serial', cancelled: true });
  const alerts = [{ date: 'expiryDate', days: 60 }];
  const unit = { code: 'PCE', decimals: 0 };
  await master('items', {
    code: 'MILK',
    unit,
    lots: { codeType: 'YM', withdrawal: 'fefo', shelfLifeDays: 30, alerts },
  });
  await master('items', { code: 'CREAM', unit, lots: { codeType: 'YM' } });
  await master('items', { code: 'PUMP', unit, serials: {} });
  await master('items', { code: 'SALT', unit });
  await master('warehouses', { code: 'MAIN', locations: [{ code: 'A-01' }, { code: 'B-01' }] });
  const template = (code: string, more: object) =>
    act('templatesCreate', '/templates', { warehouse: 'MAIN', code, tracksLots: true, ...more });
  await template('LOA', { type: 'load', intent: 'purchase', tracksSerials: true });
  await template('UNL', { type: 'unload', intent: 'sale' });
  await template('SLO', { type: 'load', intent: 'production' });
  await template('SUN', {
    type: 'unload',
    intent: 'production',
    createsLotFromLot: true,
    counterpart: { warehouse: 'MAIN', template: 'SLO' },
  });
  await template('CLO', { type: 'load', intent: 'count', counting: true, tracksSerials: true });
  await template('CUN', {
    type: 'unload',
    intent: 'count',
    counting: true,
    tracksSerials: true,
    counterpart: { warehouse: 'MAIN', template: 'CLO' },
  });
  const old = await template('OLD', { type: 'load' });
  const changed = await act(
    'templatesUpdateByCode',
    '/warehouses/MAIN/templates/OLD',
    { description: 'Old' },
    old.version,
  );
  await act('templatesRemoveByCode', '/warehouses/MAIN/templates/OLD', undefined, changed.version);
  const other = await template('OLD', { type: 'load' });
  const again = await act(
    'templatesUpdate',
    `/templates/${encodeURIComponent(other.id)}`,
    { description: 'X' },
    other.version,
  );
  await act('templatesRemove', `/templates/${encodeURIComponent(other.id)}`, undefined, again.version);
}

async function partiesAndSettings(): Promise<void> {
  const party = await act('partiesCreate', '/parties', { kind: 'supplier', code: 'S1', name: 'Dairy' });
  const edited = await act(
    'partiesUpdateByCode',
    '/parties/supplier/S1',
    { name: 'Dairy Ltd' },
    party.version,
  );
  const path = `/parties/${encodeURIComponent(edited.id)}`;
  const more = await act('partiesUpdate', path, { name: null }, edited.version);
  await act('partiesRemove', path, undefined, more.version);
  const next = await act('partiesCreate', '/parties', { kind: 'customer', code: 'C1' });
  await act('partiesRemoveByCode', '/parties/customer/C1', undefined, next.version);
  const settings = (await at.ask('/settings')).body;
  await act('settingsUpdate', '/settings', { allowFutureDates: true }, settings.version);
}

async function postings(): Promise<void> {
  const load = { ...header, template: 'LOA', lines: [line('100', [row('L1', '60'), row('L2', '40')])] };
  await act('postingsPreview', '/postings/preview', load);
  const posting = await act('postingsPost', '/postings', { ...load, reason: 'First' });
  known.posting = posting;
  const pump = { item: 'PUMP', quantity: '2', location: 'A-01', serials: [{ code: 'P1' }, { code: 'P2' }] };
  await act('postingsPost', '/postings', { ...header, template: 'LOA', lines: [pump] });
  const wrongOne = await act('postingsPost', '/postings', {
    ...header,
    template: 'LOA',
    lines: [line('5', [row('L3', '5')])],
  });
  await act('postingsCorrect', `/postings/${wrongOne.id}/correct`, {
    line: wrongOne.lines[0].id,
    lots: [row('L2', '5')],
    reason: 'Misread',
  });
  const back = await act('postingsPost', '/postings', {
    ...header,
    template: 'UNL',
    lines: [line('1', 'auto')],
  });
  await act('postingsReverse', `/postings/${back.id}/reverse`, { date: header.date, reason: 'Wrong' });
  await act('postingsLink', `/postings/${posting.id}/link`, {
    document: { type: 'purchaseInvoice', number: '7' },
  });
  const [first, second] = posting.lines[0].lots;
  Object.assign(known, { first: first.id, second: second.id });
}

async function lots(): Promise<void> {
  const lot = await act('lotsCreate', '/lots', { item: 'MILK', code: 'L9', attributes: { fat: 3.5 } });
  const edited = await act('lotsUpdate', `/lots/${lot.id}`, { notes: 'Seen', status: null }, lot.version);
  await act('lotsRemove', `/lots/${lot.id}`, undefined, edited.version);
  const again = await act('lotsCreate', '/lots', { item: 'MILK', code: 'L9' });
  const by = await act('lotsUpdateByCode', '/items/MILK/lots/L9', { notes: 'By code' }, again.version);
  await act('lotsRemoveByCode', '/items/MILK/lots/L9', undefined, by.version);
  await act('lotsPrinted', `/lots/${known.first}/printed`, {});
  await act('lotsTransition', `/lots/${known.first}/transition`, { transition: 'GO', reason: 'Good' });
  await act('lotsAllocate', '/lots/allocate', { item: 'MILK', warehouse: 'MAIN', quantity: '70' });
  const split = {
    lot: known.first,
    ...header,
    template: 'SUN',
    location: 'A-01',
    into: [{ code: 'L5', location: 'B-01', quantity: '10' }],
  };
  await act('lotsPreviewSplit', '/lots/split/preview', split);
  await act('lotsSplit', '/lots/split', split);
  const merge = {
    ...header,
    template: 'SUN',
    from: [{ lot: { item: 'MILK', code: 'L5' } }, { lot: known.second, quantity: '10' }],
    into: { code: 'L6', location: 'B-01' },
    acceptStatus: true,
  };
  await act('lotsPreviewMerge', '/lots/merge/preview', merge);
  await act('lotsMerge', '/lots/merge', merge);
  const convert = {
    lot: { item: 'MILK', code: 'L6' },
    ...header,
    template: 'SUN',
    quantity: '5',
    toItem: 'CREAM',
    toQuantity: '1',
    into: { code: 'K1', location: 'B-01' },
  };
  await act('lotsPreviewConvert', '/lots/convert/preview', convert);
  await act('lotsConvert', '/lots/convert', convert);
  await act('codeTypesPreview', '/codeTypes/YM/preview', { item: 'MILK', count: 2 });
}

async function serials(): Promise<void> {
  const serial = await act('serialsCreate', '/serials', { item: 'PUMP', code: 'P8' });
  const edited = await act('serialsUpdate', `/serials/${serial.id}`, { notes: 'Seen' }, serial.version);
  await act('serialsRemove', `/serials/${serial.id}`, undefined, edited.version);
  const again = await act('serialsCreate', '/serials', { item: 'PUMP', code: 'P8' });
  const by = await act('serialsUpdateByCode', '/items/PUMP/serials/P8', { notes: 'x' }, again.version);
  await act('serialsRemoveByCode', '/items/PUMP/serials/P8', undefined, by.version);
  const one = (await at.ask('/items/PUMP/serials/P1')).body;
  const two = (await at.ask('/items/PUMP/serials/P2')).body;
  await act('serialsPrinted', `/serials/${one.id}/printed`, {});
  await act('serialsAllocate', '/serials/allocate', { item: 'PUMP', warehouse: 'MAIN', quantity: '1' });
  known.serials = [one, two];
}

async function promises(): Promise<void> {
  const document = { type: 'salesOrder', number: '17' };
  const [held] = await act('reservationsCommit', '/reservations', {
    document,
    needDate: '2026-11-25',
    lines: [
      { item: 'MILK', warehouse: 'MAIN', quantity: '5' },
      { item: 'MILK', warehouse: 'MAIN', location: 'A-01', quantity: '3', lots: [row('L1', '3')] },
    ],
  });
  const altered = await act('reservationsAlter', `/reservations/${held.id}`, { quantity: '4' }, held.version);
  await act('reservationsMove', `/reservations/${held.id}/move`, { location: 'A-01' }, altered.version);
  await act('reservationsRelease', `/reservations/${held.id}/release`, { quantity: '1' });
  const { items } = (await at.ask('/reservations?lot=L1')).body;
  await act('reservationsSubstitute', `/reservations/${items[0].id}/substitute`, {
    lot: 'L2',
    reason: 'Nearer',
  });
  await act('reservationsReleaseDocument', '/reservations/release', { document });
  const count = {
    ...header,
    template: 'CUN',
    lines: [{ item: 'MILK', location: 'A-01', lots: [{ code: 'L1', counted: '49' }] }],
  };
  await act('countsPreview', '/counts/preview', count);
  await act('countsPost', '/counts', count);
}

async function cases(): Promise<void> {
  const inspection = await act('inspectionsOpen', '/inspections', { lot: known.second, inspector: 'Ada' });
  const path = `/inspections/${inspection.id}`;
  const recorded = await act('inspectionsRecord', path, { note: 'Smells' }, inspection.version);
  await act('inspectionsFinish', `${path}/finish`, { result: 'fail' }, recorded.version);
  await act('alertsAcknowledge', `/alerts/${known.first}/expiryDate/60/acknowledge`, {});
  const recall = await act('recallsOpen', '/recalls', {
    code: 'R1',
    reason: 'Listeria',
    lots: [known.second],
  });
  await act('recallsRecover', `/recalls/${recall.id}/recover`, {
    lot: known.second,
    quantity: '1',
    how: 'held',
  });
  await act('recallsFree', `/recalls/${recall.id}/free`, { free: 'none', reason: 'Not yet' });
  await act('recallsClose', `/recalls/${recall.id}/close`, { free: 'all', reason: 'All back' });
  const job = await act('jobsStart', '/jobs', {
    command: 'lots.update',
    filter: { item: 'MILK' },
    patch: { notes: 'Seen' },
    reason: 'Mass',
  });
  await act('jobsRun', `/jobs/${job.id}/run`, {});
}

async function port(): Promise<void> {
  await act('can', '/can', [{ action: 'expired.force' }]);
  await act('commands', '/commands', {
    commands: [
      { name: 'grades.create@1', id: 'b1', args: { code: 'B' } },
      { name: 'grades.create@1', id: 'b2', args: { code: 'B' } },
    ],
  });
  await act('query', '/queries/lots.list', { filter: { item: 'MILK' }, limit: 1 });
  await act('verify', '/verify', {});
}

test('everything that is done is described: what is sent, and what is answered', async () => {
  for (const step of [masters, partiesAndSettings, postings, lots, serials, promises, cases, port])
    await step();
  expect(wrong).toEqual([]);
  expect(done.size).toBeGreaterThan(80);
});
