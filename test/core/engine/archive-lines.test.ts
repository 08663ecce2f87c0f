/** Every way a line of an export can be wrong is found at that line, and leaves nothing that opens. */
import { beforeAll, describe, expect, test } from 'vitest';
import { memory } from '../../../src/adapters/stores/memory/index.ts';
import { chainLink, GENESIS, textsDigest } from '../../../src/core/adapter-kit.ts';
import { checkExport, importLedger, openLedger } from '../../../src/core/index.ts';
import { caught } from '../../rules/world.ts';
import { filled, linesOf, options } from './archived.ts';

let lines: readonly string[] = [];
beforeAll(async () => {
  lines = await linesOf((await filled()).store);
});

type Line = Record<string, unknown> & { texts: string[] };
const read = (at: number): Line => JSON.parse(lines[at] ?? '') as Line;
const withLine = (at: number, line: unknown): string[] =>
  lines.with(at, typeof line === 'string' ? line : JSON.stringify(line));

/** Both ways to read lines refuse them alike; what was imported so far opens for nobody. */
async function refused(bad: readonly string[], line: number, why: string): Promise<void> {
  const problem = { kind: 'corrupt', code: 'archive.invalid', details: { line, why } };
  expect(await caught(() => checkExport(bad))).toMatchObject(problem);
  const target = memory();
  expect(await caught(() => importLedger(target, bad))).toMatchObject(problem);
  if (line === 1) {
    expect((await openLedger(target, options)).status().seq).toBe(0);
    return;
  }
  expect(await caught(() => openLedger(target, options))).toMatchObject({ code: 'store.unfinished' });
  await importLedger(target, lines);
  expect((await (await openLedger(target, options)).verify()).ok).toBe(true);
}

/** A group in the place of the n-th line, well chained, with other texts. */
function forged(at: number, texts: readonly string[]): string[] {
  const before = read(at - 1);
  const digest = textsDigest(texts);
  const link = chainLink(typeof before.link === 'string' && at > 2 ? before.link : GENESIS, digest);
  return withLine(at, { ...read(at), texts, digest, link });
}

describe('a line of an export', () => {
  test('that is missing is found, wherever it was', async () => {
    for (let at = 0; at < lines.length; at++) {
      const bad = lines.toSpliced(at, 1);
      const { code, details } = await caught(() => checkExport(bad));
      expect(code, `without line ${at + 1}`).toBe('archive.invalid');
      // the only line of names is missed at the end, every other one where it should be
      expect(details.line).toBe(at === 1 ? bad.length : at + 1);
    }
  });

  test('that is the last one there is, before the head, is cut off', async () => {
    await refused([], 1, 'missing');
    await refused(lines.slice(0, -1), lines.length, 'missing');
    await refused(lines.slice(0, 4), 5, 'missing');
  });

  test('that is garbled, or no object, is found', async () => {
    await refused(withLine(0, 'PK\u0003\u0004'), 1, 'unreadable');
    await refused(withLine(5, (lines[5] ?? '').slice(0, 40)), 6, 'unreadable');
    await refused(withLine(5, ''), 6, 'unreadable');
    await refused(withLine(5, '[1]'), 6, 'foreign');
    await refused(withLine(5, 'null'), 6, 'foreign');
    await refused(withLine(lines.length - 1, '{"end":'), lines.length, 'unreadable');
  });

  test('that belongs to something else is found', async () => {
    await refused(withLine(0, { lotledger: 'backup' }), 1, 'foreign');
    await refused(withLine(0, { lotledger: 'journal', version: '1', entries: 2 }), 1, 'foreign');
    await refused(withLine(5, { hello: 'world' }), 6, 'foreign');
    await refused(withLine(5, { ...read(5), texts: [] }), 6, 'foreign');
    await refused(withLine(5, { ...read(5), texts: ['a\nb'] }), 6, 'foreign');
    await refused(withLine(5, { ...read(5), texts: [7] }), 6, 'foreign');
    await refused(withLine(5, { ...read(5), seq: 0 }), 6, 'foreign');
    await refused(withLine(5, { ...read(5), link: 'x' }), 6, 'foreign');
    await refused(withLine(1, { ...read(1), beside: 'secrets' }), 2, 'foreign');
    await refused(withLine(lines.length - 1, { end: -1, head: 'x' }), lines.length, 'foreign');
    await refused(withLine(lines.length - 1, { end: 1, head: 7 }), lines.length, 'foreign');
  });

  test('that was moved, repeated, or comes after the end is found', async () => {
    const swapped = lines.with(4, lines[5] ?? '').with(5, lines[4] ?? '');
    await refused(swapped, 5, 'order');
    await refused(lines.toSpliced(5, 0, lines[4] ?? ''), 6, 'order');
    await refused(lines.toSpliced(4, 0, lines[1] ?? ''), 5, 'order');
    await refused([...lines, lines[1] ?? ''], lines.length + 1, 'order');
    await refused(lines.toSpliced(2, 0, lines[1] ?? ''), 3, 'chain');
  });

  test('whose texts were changed is found, also with a digest of its own', async () => {
    const { texts } = read(6);
    const other = texts.map((text) => text.replace('maria', 'mario'));
    await refused(withLine(6, { ...read(6), texts: other }), 7, 'digest');
    await refused(withLine(6, { ...read(6), texts: other, digest: textsDigest(other) }), 7, 'chain');
    // a whole new link holds until the next line, which follows the old one
    const error = await caught(() => checkExport(forged(6, other)));
    expect(error.details).toEqual({ line: 8, why: 'chain' });
    const names = read(1);
    const renamed = names.texts.map((text) => text.replace('Über', 'Unter'));
    await refused(withLine(1, { ...names, texts: renamed }), 2, 'digest');
  });

  test('whose texts are no entries, or no parties, is found though it is well chained', async () => {
    for (const text of ['{}', 'x', '[]', '{"v":2}', '{"v":0,"id":"a","name":"b","facts":[]}'])
      await refused(forged(6, [text]), 7, 'entry');
    const record = JSON.parse(read(1).texts[0] ?? '') as object;
    for (const odd of [{}, { ...record, version: 0 }, { ...record, name: 7 }, { ...record, id: null }]) {
      const texts = [JSON.stringify(odd)];
      const digest = textsDigest(texts);
      await refused(
        withLine(1, { beside: 'parties', texts, digest, link: chainLink(GENESIS, digest) }),
        2,
        'foreign',
      );
    }
  });

  test('that names another head than the lines lead to is found', async () => {
    const at = lines.length - 1;
    await refused(withLine(at, { ...read(at), head: `sha256:${GENESIS}` }), lines.length, 'head');
    await refused(withLine(at, { ...read(at), beside: GENESIS }), lines.length, 'head');
    await refused(withLine(at, { ...read(at), end: Number(read(at).end) + 1 }), lines.length, 'head');
  });

  test('of a newer version is not read, and nothing is written', async () => {
    for (const more of [{ version: 2 }, { entries: 99 }]) {
      const target = memory();
      const error = await caught(() => importLedger(target, withLine(0, { ...read(0), ...more })));
      expect(error).toMatchObject({ code: 'store.newer' });
      expect((await openLedger(target, options)).status().seq).toBe(0);
    }
    const newer = forged(6, ['{"v":99,"id":"a","name":"b","facts":[]}']);
    expect(await caught(() => checkExport(newer))).toMatchObject({ code: 'store.newer' });
  });
});
