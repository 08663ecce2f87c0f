/** Hooks of the host: what they may say, that they say it once, and what becomes of one that fails. */
import { describe, expect, test } from 'vitest';
import { memory } from '../../../src/adapters/stores/memory/index.ts';
import { type Hooks, LedgerError, type OpenLedgerOptions } from '../../../src/core/index.ts';
import { readEntry } from '../../../src/core/upcasts/index.ts';
import { caught, dairy, electronics, type Line, refused, type World } from '../../rules/world.ts';
import { farStore } from './far-store.ts';

/** A world whose ledger asks these hooks; set up without them. */
async function asking(hooks: Hooks, more: Partial<OpenLedgerOptions> = {}, make = dairy): Promise<World> {
  const world = await make();
  const { now: _, ...rest } = more;
  const ledger = await world.again({ ...rest, hooks });
  return {
    ...world,
    ledger,
    post: (template, line, header = {}) =>
      ledger.postings.post({
        warehouse: 'SHOP',
        template,
        date: '2026-11-22',
        lines: Array.isArray(line) ? line : [line],
        ...header,
      } as never),
  };
}

const milk = (code: string, quantity = '10') => ({ item: 'MILK', quantity, lots: [{ code, quantity }] });
const commandOf = (args: unknown, id: string) => ({ name: 'posting.post@1', id, args });
const load = (line: Line) => ({ warehouse: 'SHOP', template: 'LOA', date: '2026-11-22', lines: [line] });

/** The last entry of the journal. */
async function lastEntry(world: World) {
  const store = await world.store.open([], 2);
  const groups = await store.tail(0, 10_000);
  return readEntry(groups.at(-1)?.texts.at(-1) as string);
}

describe('validateCode', () => {
  const hooks: Hooks = {
    validateCode: ({ kind, item, code }) => !code.includes('X') || `${kind} codes of ${item} have no X.`,
  };

  test('refuses typed and generated codes of lots, wherever they come into being', async () => {
    const world = await asking(hooks);
    const { ledger } = world;
    const details = { kind: 'lot', item: 'MILK', code: 'X-1', text: 'lot codes of MILK have no X.' };
    await refused(world, () => world.post('LOA', milk('X-1')), {
      code: 'code.refused',
      path: 'lines[0].lots[0].code',
      details,
    });
    await refused(world, () => ledger.lots.create({ item: 'MILK', code: 'X-1' }), {
      code: 'code.refused',
      path: 'code',
      details,
    });
    const lot = await ledger.lots.create({ item: 'MILK', code: 'A-1' });
    await refused(world, () => ledger.lots.update(lot.id, { code: 'A-X' }, { reason: 'Typo' }), {
      code: 'code.refused',
      path: 'code',
    });
    await ledger.codeTypes.create({
      code: 'XS',
      kind: 'lot',
      parts: [
        { source: 'text', value: 'X' },
        { source: 'number', length: 3, fill: '0' },
      ],
    });
    await ledger.items.update('MILK', { lots: { codeType: 'XS' } });
    await refused(world, () => world.post('LOA', { item: 'MILK', quantity: '1', lots: 'auto' }), {
      code: 'code.refused',
      path: 'lines[0].lots',
      details: { code: 'X000' },
    });
    await refused(world, () => ledger.lots.create({ item: 'MILK' }), 'code.refused');
    expect((await world.post('LOA', milk('A-2'))).lines[0]?.lots[0]?.code).toBe('A-2');
  });

  test('refuses typed and generated codes of serials', async () => {
    const asked: object[] = [];
    const world = await asking(
      {
        validateCode: (each) => {
          asked.push(each);
          return /^SN0000[12]$|^R/.test(each.code) || 'No.';
        },
      },
      {},
      electronics,
    );
    const { ledger } = world;
    await world.post('LOA', { item: 'PHONE', quantity: '2', serials: 'auto' });
    expect(asked[0]).toEqual({ kind: 'serial', item: 'PHONE', variant: null, code: 'SN00001', made: true });
    await refused(world, () => world.post('LOA', { item: 'PHONE', quantity: '1', serials: 'auto' }), {
      code: 'code.refused',
      details: { code: 'SN00003', text: 'No.' },
    });
    const typed = { item: 'RADIO', quantity: '2', serials: [{ code: 'R-1' }, { code: 'Q-1' }] };
    await refused(world, () => world.post('LOA', typed), {
      code: 'code.refused',
      path: 'lines[0].serials[1]',
    });
    await refused(world, () => ledger.serials.create({ item: 'RADIO', code: 'Q-2' }), 'code.refused');
    const piece = await ledger.serials.create({ item: 'RADIO', code: 'R-9' });
    await refused(
      world,
      () => ledger.serials.update(piece.id, { code: 'Q-9' }, { reason: 'Typo' }),
      'code.refused',
    );
  });

  test('one that throws, waits or answers nonsense fails the command and nothing else', async () => {
    const answers: unknown[] = [
      () => {
        throw new Error('no connection');
      },
      () => Promise.resolve(true),
      () => undefined,
    ];
    let answer: unknown;
    const world = await asking({ validateCode: () => (answer as () => true)() });
    for (answer of answers) {
      await refused(world, () => world.post('LOA', milk('A-1')), {
        code: 'hook.failed',
        kind: 'unavailable',
        details: { hook: 'validateCode' },
      });
    }
    // nothing is bound to the id of a command whose hook failed
    const [first] = await world.ledger.port.execute([commandOf(load(milk('A-1')), 'again')]);
    expect(first).toMatchObject({ outcome: 'refused', problem: { code: 'hook.failed', retry: 'same-id' } });
    answer = () => true;
    const [second] = await world.ledger.port.execute([commandOf(load(milk('A-1')), 'again')]);
    expect(second).toMatchObject({ outcome: 'accepted' });
  });
});

describe('permit', () => {
  test('decides before the list, and leaves to the list what it does not answer', async () => {
    const asked: unknown[] = [];
    const permit: Hooks['permit'] = (act, who) => {
      asked.push([act, who]);
      if (act === 'lot.reopen') return who.actor === 'boss';
      return act === 'expiry.edit' ? true : undefined;
    };
    const { ledger } = await asking({ permit }, { permissions: ['posting.reverse'] });
    expect(
      await ledger.can([
        { action: 'lot.reopen' },
        { action: 'expiry.edit', field: 'expiryDate', id: 'lot-1' },
        { action: 'posting.reverse' },
        { action: 'status.change' },
        { action: 'transition.RELEASE' },
        { action: 'anything.else' },
      ]),
    ).toEqual([false, true, true, false, false, true]);
    expect(asked[1]).toEqual(['expiry.edit', { actor: 'maria', field: 'expiryDate', id: 'lot-1' }]);
    const lot = await ledger.lots.create({ item: 'MILK', code: 'A' });
    await ledger.lots.update(lot.id, { closed: true }, { reason: 'Sealed' });
    const reopen = (actor: string) =>
      ledger.lots.update(lot.id, { closed: false }, { reason: 'Again', actor, source: 'scan' });
    expect(await caught(() => reopen('maria'))).toMatchObject({ code: 'permission.denied' });
    expect((await reopen('boss')).closed).toBe(false);
    expect(asked.at(-1)).toEqual(['lot.reopen', { actor: 'boss', source: 'scan' }]);
  });

  test('R37 its word for an override still needs the command to force it', async () => {
    const world = await asking({ permit: (act) => (act === 'expired.force' ? true : undefined) });
    await world.post('LOA', {
      ...milk('OLD'),
      lots: [{ code: 'OLD', quantity: '10', expiryDate: '2026-11-22' }],
    });
    const { ledger, clock } = world;
    clock.day('2026-11-23');
    const sale = { ...load(milk('OLD', '1')), template: 'UNL', date: '2026-11-23' };
    expect((await caught(() => ledger.postings.post(sale))).code).toBe('lot.expired');
    const forced = await ledger.postings.post(sale, { force: { reason: 'Agreed with the customer' } });
    expect(forced.warnings.map(({ code }) => code)).toContain('lot.expired');
  });

  test('one that fails is an error of the portal, in commands and in questions', async () => {
    const world = await asking({ permit: () => 'yes' as never });
    expect((await caught(() => world.ledger.can([{ action: 'lot.reopen' }]))).code).toBe('hook.failed');
  });
});

describe('beforePosting', () => {
  test('may note upon a posting; what it answered is in the entry', async () => {
    const seen: unknown[] = [];
    const world = await asking({
      beforePosting: async (posting, { actor, source, preview, signal }) => {
        seen.push({ actor, source, preview, aborted: signal.aborted, party: posting.party?.code });
        return { project: 'P-7', lines: [{ line: 1, note: 'Second' }] };
      },
    });
    const posted = await world.post('LOA', [milk('A'), milk('B')], {
      party: { kind: 'supplier', code: 'S1', name: 'Dairy Ltd' },
      project: 'typed',
    });
    expect(seen).toEqual([
      { actor: 'maria', source: undefined, preview: false, aborted: false, party: 'S1' },
    ]);
    expect(posted.project).toBe('P-7');
    expect(posted.lines.map(({ note }) => note)).toEqual([null, 'Second']);
    const entry = await lastEntry(world);
    expect(entry.hooks).toEqual({
      beforePosting: { project: 'P-7', lines: [{ line: 1, note: 'Second' }] },
    });
    expect((await world.ledger.verify()).ok).toBe(true);
  });

  test('may refuse, with its own words; the refusal is the answer of the id (R88)', async () => {
    let asked = 0;
    let said: unknown = { refuse: 'Over the credit limit.' };
    const world = await asking({
      beforePosting: () => {
        asked++;
        if (said instanceof Error) throw said;
        return said as { refuse: string };
      },
    });
    const error = await refused(world, () => world.post('LOA', milk('A')), {
      code: 'hook.refused',
      details: { hook: 'beforePosting', text: 'Over the credit limit.' },
    });
    expect(error.message).toContain('Over the credit limit.');
    const command = commandOf(load(milk('A')), 'one');
    const [first] = await world.ledger.port.execute([command]);
    expect(first).toMatchObject({ outcome: 'refused', problem: { code: 'hook.refused', kind: 'rejected' } });
    said = undefined;
    asked = 0;
    const [again] = await world.ledger.port.execute([command]);
    expect(again).toEqual({ ...first, replayed: true });
    expect(asked).toBe(0);
    said = new LedgerError('lot.reserved', { details: { available: '3' } });
    await refused(world, () => world.post('LOA', milk('A')), {
      code: 'hook.refused',
      details: { hook: 'beforePosting', code: 'lot.reserved' },
    });
    said = new LedgerError('hook.refused', { details: { text: 'Closed today.' } });
    await refused(world, () => world.post('LOA', milk('A')), {
      code: 'hook.refused',
      details: { text: 'Closed today.' },
    });
  });

  test('R88 a retry has one effect and the same receipt, whatever the hooks would say by then', async () => {
    let asked = 0;
    const world = await asking({ beforePosting: async () => ({ note: `asked ${++asked}` }) });
    const { port } = world.ledger;
    const command = commandOf(load(milk('A')), 'one');
    const [[first], [second]] = await Promise.all([port.execute([command]), port.execute([command])]);
    const [third] = await port.execute([command]);
    expect(asked).toBe(1);
    expect(first).toMatchObject({ outcome: 'accepted', result: { posting: { note: 'asked 1' } } });
    expect(second).toEqual({ ...first, replayed: true });
    expect(third).toEqual({ ...first, replayed: true });
    const other = await port.execute([commandOf(load(milk('A', '11')), 'one')]);
    expect(other[0]).toMatchObject({ outcome: 'refused', problem: { code: 'command.mismatch' } });
    expect(asked).toBe(1);
    expect((await world.ledger.lots.get({ item: 'MILK', code: 'A' })).onHand).toBe('10');
    expect((await world.ledger.postings.list()).items).toHaveLength(1);
  });

  test('R88 an equal posting under a key stands, though the hook answers otherwise now', async () => {
    let asked = 0;
    const world = await asking({ beforePosting: () => ({ note: `asked ${++asked}` }) });
    const first = await world.post('LOA', milk('A'), { key: 'DN-1' });
    const second = await world.post('LOA', milk('A'), { key: 'DN-1' });
    expect([second.id, second.note, asked]).toEqual([first.id, 'asked 1', 2]);
  });

  test.each([
    ['throws', () => Promise.reject(new Error('no connection'))],
    ['changes what it may not', async () => ({ warehouse: 'MAIN' })],
    ['names no line of the posting', async () => ({ lines: [{ line: 7, note: 'x' }] })],
    ['answers with what no posting may say', async () => ({ note: 7 })],
    ['answers with a text', async () => 'fine'],
    ['hangs', () => new Promise(() => undefined)],
  ])('one that %s writes nothing, and leaves the id free', async (_, hook) => {
    let broken = true;
    const world = await asking(
      { beforePosting: () => (broken ? (hook() as never) : undefined) },
      { hookTimeout: 20 },
    );
    const problem = { code: 'hook.failed', kind: 'unavailable', details: { hook: 'beforePosting' } } as const;
    await refused(world, () => world.post('LOA', milk('A')), problem);
    const command = commandOf(load(milk('A')), 'one');
    const neighbour = { name: 'grades.create@1', id: 'two', args: { code: 'G' } };
    const [first, other] = await world.ledger.port.execute([command, neighbour]);
    expect(first).toMatchObject({ outcome: 'refused', problem });
    expect(other).toMatchObject({ outcome: 'accepted' });
    broken = false;
    expect(await world.ledger.port.execute([command])).toMatchObject([{ outcome: 'accepted' }]);
  });

  test('one that hangs is told to stop, by the time limit and by closing', async () => {
    const aborted: unknown[] = [];
    const world = await asking(
      {
        beforePosting: (_, { signal }) =>
          new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => {
              aborted.push((signal.reason as LedgerError).code);
              reject(signal.reason);
            });
          }),
      },
      { hookTimeout: 20 },
    );
    expect((await caught(() => world.post('LOA', milk('A')))).code).toBe('hook.failed');
    const patient = await world.again({
      hooks: {
        beforePosting: (_, { signal }) =>
          new Promise((done) => signal.addEventListener('abort', done as never)),
      },
    });
    const waiting = caught(() => patient.postings.post(load(milk('A')) as never));
    await new Promise((done) => setTimeout(done, 20));
    await patient.close();
    expect((await waiting).code).toBe('store.closed');
    expect(aborted).toEqual(['hook.failed']);
  });

  test('in an atomic group one refusal takes the others with it', async () => {
    const world = await asking({
      beforePosting: ({ note }) => (note === 'no' ? { refuse: 'Not this one.' } : { note: 'seen' }),
    });
    const commands = [commandOf(load(milk('A')), 'a'), commandOf({ ...load(milk('B')), note: 'no' }, 'b')];
    const receipts = await world.ledger.port.execute(commands, { atomic: true });
    expect(receipts.map((each) => each.outcome === 'refused' && each.problem.code)).toEqual([
      'command.notApplied',
      'hook.refused',
    ]);
    const [one] = await world.ledger.port.execute([commands[0] as never], { atomic: true });
    expect(one).toMatchObject({ outcome: 'accepted', result: { posting: { note: 'seen' } } });
  });

  test('a preview shows what the hooks would make of it, and asks them again later', async () => {
    const previews: boolean[] = [];
    const world = await asking({
      beforePosting: (_, { preview }) => {
        previews.push(preview);
        return { note: 'seen' };
      },
    });
    const shown = await world.ledger.postings.preview(load(milk('A')) as never);
    expect([shown.note, previews]).toEqual(['seen', [true]]);
    expect((await world.post('LOA', milk('A'))).note).toBe('seen');
    expect(previews).toEqual([true, false]);
  });

  test('works over a far store', async () => {
    const far = await dairy({ store: farStore(memory()), hooks: { beforePosting: () => ({ note: 'far' }) } });
    expect((await far.post('LOA', milk('A'))).note).toBe('far');
  });
});

describe('resolveItem', () => {
  const butter = {
    code: 'BUTTER',
    unit: { code: 'PCE', decimals: 0 },
    lots: { withdrawal: 'fifo' as const },
  };
  const line = { item: 'Butter', quantity: '5', lots: [{ code: 'B-1', quantity: '5' }] };

  test('creates an unknown item first, by a command of its own that is never done twice', async () => {
    const asked: string[] = [];
    const world = await asking({
      resolveItem: async (code) => {
        asked.push(code);
        return code === 'Butter' ? butter : null;
      },
    });
    const { ledger } = world;
    const seq = ledger.status().seq;
    const command = commandOf({ ...load(line), lines: [line, milk('A')] }, 'one');
    const [first] = await ledger.port.execute([command]);
    expect(first).toMatchObject({ outcome: 'accepted', seq: seq + 2 });
    expect(asked).toEqual(['Butter']);
    const { hooks } = await lastEntry(world);
    expect(hooks?.resolveItem).toEqual([{ item: 'BUTTER', command: expect.stringMatching(/^item-\w{32}$/) }]);
    expect(await ledger.port.execute([command])).toEqual([{ ...first, replayed: true }]);
    expect((await ledger.items.get('BUTTER')).version).toBe(1);
    expect((await ledger.verify()).ok).toBe(true);
    const unknown = { item: 'CREAM', quantity: '1' };
    await refused(world, () => world.post('LOA', unknown), { code: 'item.notFound', path: 'lines[0].item' });
  });

  test('two postings that need the same item at once both get it', async () => {
    const world = await asking({ resolveItem: async () => butter });
    const other = { ...line, lots: [{ code: 'B-2', quantity: '5' }] };
    const [one, two] = await Promise.all([world.post('LOA', line), world.post('LOA', other)]);
    expect([one, two].map((each) => each.lines[0]?.item)).toEqual(['BUTTER', 'BUTTER']);
  });

  test('a preview shows it and creates nothing', async () => {
    const world = await asking({ resolveItem: () => butter });
    const { ledger } = world;
    const seq = ledger.status().seq;
    const shown = await ledger.postings.preview(load(line) as never);
    expect(shown.lines[0]).toMatchObject({ item: 'BUTTER', quantity: '5' });
    expect(ledger.status().seq).toBe(seq);
  });

  test.each([
    ['another item than asked for', { ...butter, code: 'LARD' }],
    ['no item at all', { code: 'BUTTER' }],
    ['what no item may say', { ...butter, colour: 'yellow' }],
  ])('an answer that is %s fails the posting', async (_, item) => {
    const world = await asking({ resolveItem: () => item as never });
    await refused(world, () => world.post('LOA', line), {
      code: 'hook.failed',
      kind: 'unavailable',
      details: { hook: 'resolveItem' },
    });
  });
});
