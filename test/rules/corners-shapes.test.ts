/** Corners of shapes: what is no object, no list or no plain data is refused with its code and field. */
import { expect, test } from 'vitest';
import type { Ledger } from '../../src/core/index.ts';
import { caught, dairy, lotOf, refused } from './world.ts';

/** The ledger as a script without types calls it. */
type Loose = Record<string, Record<string, (...args: unknown[]) => Promise<unknown>>>;
const loosely = (ledger: Ledger): Loose => ledger as unknown as Loose;

test('R134 a command that is given nothing is refused for its first field', async () => {
  const world = await dairy();
  const lot = await lotOf(world, 'MILK', 'L1', '5');
  const [posting] = (await world.ledger.postings.list()).items;
  const { postings, inspections, alerts, recalls, jobs, lots } = loosely(world.ledger);
  const calls: [string, () => unknown][] = [];
  for (const nothing of [undefined, null]) {
    calls.push(
      ['date', () => postings?.reverse?.(posting?.id, nothing)],
      ['line', () => postings?.correct?.(posting?.id, nothing)],
      ['document', () => postings?.link?.(posting?.id, nothing)],
      ['reason', () => recalls?.open?.(nothing)],
      ['filter', () => jobs?.start?.(nothing)],
    );
    for (const act of [inspections?.open, alerts?.acknowledge]) {
      expect((await caught(() => act?.(nothing))).code).toMatch(/^field\.|^lot\.notFound$/);
    }
  }
  for (const [path, act] of calls)
    await refused(world, act, { code: 'field.required', path, kind: 'invalid' });
  await refused(world, () => lots?.transition?.(lot.id, 'RELEASE'), 'transition.notFound');
});

test.each(['L1', 7, { length: 1 }, true])(
  'R134 a list that is none is refused by its name: %j',
  async (none) => {
    const world = await dairy();
    const { recalls, jobs } = loosely(world.ledger);
    const reason = 'Glass';
    const wrong = { code: 'field.type', kind: 'invalid' } as const;
    const job = { command: 'lots.update', patch: { notes: 'x' }, filter: {} };
    for (const field of ['lots', 'serials'])
      await refused(world, () => recalls?.open?.({ reason, [field]: none }), { ...wrong, path: field });
    for (const field of ['ids', 'except'])
      await refused(world, () => jobs?.start?.({ ...job, [field]: none }), { ...wrong, path: field });
  },
);

test('R134 a list that is too short or too long says so', async () => {
  const world = await dairy();
  const { ledger } = world;
  const parts = (count: number) =>
    ledger.codeTypes.create({
      code: 'T',
      kind: 'lot',
      parts: Array(count).fill({ source: 'text', value: 'x' }),
    });
  await refused(world, () => parts(0), { code: 'field.required', path: 'parts', kind: 'invalid' });
  const many = { code: 'limit.lines', path: 'parts', kind: 'limit', details: { max: 20 } } as const;
  await refused(world, () => parts(21), many);
});

test('R134 a filter is plain data, however deep', async () => {
  const { ledger } = await dairy();
  const cycle: Record<string, unknown> = {};
  cycle.again = cycle;
  let deep: unknown[] = [];
  for (let i = 0; i < 20_000; i++) deep = [deep];
  for (const [value, code] of [
    [10n, 'field.type'],
    [cycle, 'limit.depth'],
    [deep, 'limit.depth'],
  ] as const) {
    const error = await caught(() => loosely(ledger).lots?.list?.({ filter: { item: value } }));
    expect(error.code).toBe(code);
    expect(error.path).toMatch(/^filter\.item/);
  }
});
