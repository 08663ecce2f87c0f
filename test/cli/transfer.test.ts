/** `lotledger verify`, `export` and `import` on folders: the proof, the way out and in, and what can go wrong. */
import { cpSync, existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { emptyIn, ledgerIn, opened, tamper } from './ledgers.ts';
import { buildProgram, newFolder, run, start } from './program.ts';

let home = '';
let head = '';
let lines: readonly string[] = [];

beforeAll(async () => {
  await buildProgram();
  home = newFolder();
  head = await ledgerIn(join(home, 'lotledger-data'));
  const { code, out } = await run(['export'], { cwd: home });
  expect(code).toBe(0);
  lines = out.trimEnd().split('\n');
}, 120_000);

const written = (folder: string, texts: readonly string[]): string => {
  const file = join(folder, 'export.jsonl');
  writeFileSync(file, `${texts.join('\n')}\n`);
  return file;
};

describe('lotledger verify', () => {
  test('says ok with the head, and takes it as an anchor', async () => {
    const { code, out } = await run(['verify', '--anchor', head], { cwd: home });
    expect({ code, out }).toEqual({ code: 0, out: `ok\nentries ${head.split(':')[0]}\nhead ${head}\n` });
  });

  test('of a journal without the head that was kept ends with 1', async () => {
    const { code, out } = await run(
      ['verify', '--anchor', head.replace(/.$/, (c) => (c === '0' ? '1' : '0'))],
      {
        cwd: home,
      },
    );
    expect(code).toBe(1);
    expect(out).toContain('not ok: the journal did not have this head at entry ');
  });

  test('of a name with nothing in it is no proof, and its export no backup', async () => {
    const folder = newFolder();
    cpSync(join(home, 'lotledger-data'), join(folder, 'lotledger-data'), { recursive: true });
    const proof = await run(['verify', '--tenant', 'typo'], { cwd: folder });
    expect({ code: proof.code, out: proof.out }).toEqual({ code: 1, out: '' });
    expect(proof.err).toContain('This ledger is empty');
    const backup = await run(['export', 'backup.jsonl', '--tenant', 'typo'], { cwd: folder });
    expect(backup.code).toBe(1);
    expect(readdirSync(folder)).toEqual(['lotledger-data']);
  });

  test('names the first difference in a folder somebody wrote into', async () => {
    const folder = newFolder();
    const data = join(folder, 'lotledger-data');
    cpSync(join(home, 'lotledger-data'), data, { recursive: true });
    await tamper(data, "update lotledger.lotledger_journal set texts = replace(texts, 'maria', 'mario')");
    const { code, out } = await run(['verify'], { cwd: folder });
    expect(code).toBe(1);
    expect(out).toContain('not ok: entry 1 is not what was written');
    expect(out).toContain('{"kind":"entry","seq":1}');
    const exported = await run(['export', 'out.jsonl'], { cwd: folder });
    expect(exported.code).toBe(1);
    expect(exported.err).toContain('[store.corrupt]');
    expect(readdirSync(folder)).toEqual(['lotledger-data']);
  });
});

describe('lotledger export', () => {
  test('writes a file whose last line is the head, and never over another', async () => {
    const file = join(home, 'once.jsonl');
    expect(await run(['export', 'once.jsonl'], { cwd: home })).toMatchObject({
      code: 0,
      out: 'written to once.jsonl\n',
    });
    expect(readFileSync(file, 'utf8')).toBe(`${lines.join('\n')}\n`);
    const [seq, ...sha] = head.split(':');
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ end: Number(seq), head: sha.join(':') });
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    const again = await run(['export', 'once.jsonl'], { cwd: home });
    expect(again).toMatchObject({ code: 1, out: '' });
    expect(again.err).toContain('There is a file once.jsonl already');
    expect(readFileSync(file, 'utf8')).toBe(`${lines.join('\n')}\n`);
  });
});

describe('lotledger import', () => {
  test('gives the same ledger from a file and from the standard input', async () => {
    const folder = newFolder();
    const file = written(folder, lines);
    for (const data of ['a', 'b']) await emptyIn(join(folder, data));
    const said = `imported\nentries ${head.split(':')[0]}\nhead ${head}\n`;
    expect(await run(['import', file, '--data', 'a'], { cwd: folder })).toMatchObject({ code: 0, out: said });
    const input = readFileSync(file, 'utf8');
    expect(await run(['import', '--data', 'b'], { cwd: folder, input })).toMatchObject({
      code: 0,
      out: said,
    });
    for (const data of ['a', 'b']) {
      const verified = await run(['verify', '--data', data, '--anchor', head], { cwd: folder });
      expect(verified.code).toBe(0);
      const { out } = await run(['export', '--data', data], { cwd: folder });
      expect(out).toBe(input);
    }
  });

  test('goes into an empty ledger only', async () => {
    const file = written(newFolder(), lines);
    const { code, err } = await run(['import', file], { cwd: home });
    expect(code).toBe(1);
    expect(err).toContain('[store.notEmpty]');
    expect((await run(['verify', '--anchor', head], { cwd: home })).code).toBe(0);
  });

  test('of a file that was cut off or changed writes nothing at all', async () => {
    const folder = newFolder();
    const cut = await run(['import', written(folder, lines.slice(0, -2))], { cwd: folder });
    expect(cut.code).toBe(1);
    expect(cut.err).toContain(`Line ${lines.length - 1} of the export`);
    const changed = lines.with(7, (lines[7] ?? '').replace('maria', 'mario'));
    const other = await run(['import', written(folder, changed)], { cwd: folder });
    expect(other.err).toContain('Line 8 of the export is not what was written. (digest)');
    expect(existsSync(join(folder, 'lotledger-data'))).toBe(false);
  });

  test('of lines that break off says so until it is done again', async () => {
    const folder = newFolder();
    await emptyIn(join(folder, 'lotledger-data'));
    const input = `${lines.slice(0, 9).join('\n')}\n`;
    const broken = await run(['import'], { cwd: folder, input });
    expect(broken.err).toContain('(missing) [archive.invalid]');
    for (const command of ['verify', 'export']) {
      const { code, err } = await run([command], { cwd: folder });
      expect(code).toBe(1);
      expect(err).toContain('Start the same import again');
      expect(err).toContain('[store.unfinished]');
    }
    expect((await run(['import', written(folder, lines)], { cwd: folder })).code).toBe(0);
    expect((await run(['verify', '--anchor', head], { cwd: folder })).code).toBe(0);
  });

  test('that is killed is never half a ledger, and goes on where it was', async () => {
    const folder = newFolder();
    const file = written(folder, lines);
    await emptyIn(join(folder, 'lotledger-data'));
    for (const wait of [400, 700, 1_000]) {
      const killed = start(['import', file], { cwd: folder });
      await new Promise((resolve) => setTimeout(resolve, wait));
      killed.child.kill('SIGKILL');
      await killed.ended;
      if (!existsSync(join(folder, 'lotledger-data', 'database'))) continue;
      const { code, out, err } = await run(['verify'], { cwd: folder });
      // nothing yet, whole, or said to be unfinished
      if (code === 0) expect(out).toContain(`head ${head}\n`);
      else expect(err).toMatch(/store\.unfinished|There is no ledger|This ledger is empty/);
    }
    const last = await run(['import', file], { cwd: folder });
    if (last.code !== 0) expect(last.err).toContain('[store.notEmpty]');
    const ledger = await opened(join(folder, 'lotledger-data'));
    const now = await ledger.head();
    await ledger.close();
    expect(`${now.seq}:${now.head}`).toBe(head);
  });
});

test('a folder that is a file, or that another process works on, is said to be so', async () => {
  const folder = newFolder();
  writeFileSync(join(folder, 'file'), '');
  const { code, err } = await run(['import', written(folder, lines), '--data', 'file'], { cwd: folder });
  expect(code).toBe(1);
  expect(err).toContain('cannot be used as a folder');
  const data = join(folder, 'data');
  await emptyIn(data);
  // a process of before, with a number that somebody else has now
  writeFileSync(join(data, 'lock'), JSON.stringify({ pid: process.pid, began: 'long ago' }));
  expect((await run(['import', written(folder, lines), '--data', 'data'], { cwd: folder })).code).toBe(0);
});

test('a folder that somebody works on in another container is left alone as long as they give signs of life', async () => {
  const folder = newFolder();
  cpSync(join(home, 'lotledger-data'), join(folder, 'data'), { recursive: true });
  const lock = join(folder, 'data', 'lock');
  writeFileSync(lock, JSON.stringify({ pid: 1, began: '12', where: 'elsewhere pid:[1]' }));
  const { code, err } = await run(['verify', '--data', 'data'], { cwd: folder });
  expect(code).toBe(1);
  expect(err).toContain('Process 1 of another machine or container (elsewhere pid:[1]) works on ');
  expect(existsSync(lock)).toBe(true);
  const longAgo = new Date(Date.now() - 60_000);
  utimesSync(lock, longAgo, longAgo);
  expect((await run(['verify', '--data', 'data'], { cwd: folder })).code).toBe(0);
  expect(existsSync(lock)).toBe(false);
});
