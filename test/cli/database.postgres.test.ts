/** `lotledger` on a real PostgreSQL, by `--database`: served, proved, out and in again. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { addressOf, freshDatabase, postgresTests } from '../postgres/index.ts';
import { buildProgram, newFolder, run, start } from './program.ts';

beforeAll(() => buildProgram(), 120_000);

postgresTests('lotledger --database', () => {
  test('serves a ledger, verifies it, and brings it into another database', async () => {
    const cwd = newFolder();
    const [one, other] = await Promise.all([freshDatabase(), freshDatabase()]);
    const from = ['--database', addressOf(one)];
    const server = start(['serve', '--port', '0', '--token', 'maria=maria-secret', ...from], { cwd });
    const [, address = ''] = await server.says(/(http:\/\/\S+?\/)(?=\s|api)/);
    // the password is shown to nobody
    expect(server.said().out).not.toContain(one.password);
    const headers = { authorization: 'Bearer maria-secret', 'content-type': 'application/json' };
    for (const code of ['A', 'B']) {
      const body = JSON.stringify({ code });
      const made = await fetch(`${address}api/grades`, { method: 'POST', headers, body });
      expect(made.status).toBe(201);
    }
    const served = (await (await fetch(`${address}api/head`, { headers })).json()) as {
      seq: number;
      head: string;
    };
    server.child.kill('SIGTERM');
    expect(await server.ended).toMatchObject({ code: 0, err: '' });

    const head = `${served.seq}:${served.head}`;
    expect(await run(['verify', ...from], { cwd })).toMatchObject({
      code: 0,
      out: `ok\nentries 2\nhead ${head}\n`,
    });
    expect((await run(['export', 'ledger.jsonl', ...from], { cwd })).code).toBe(0);
    expect(
      JSON.parse(readFileSync(join(cwd, 'ledger.jsonl'), 'utf8').trimEnd().split('\n').at(-1) ?? ''),
    ).toMatchObject({ end: 2, head: served.head });
    // also from the environment, where nobody reads the password off the list of processes
    const env = { LOTLEDGER_DATABASE: addressOf(other) };
    expect(await run(['import', 'ledger.jsonl'], { cwd, env })).toMatchObject({
      code: 0,
      out: `imported\nentries 2\nhead ${head}\n`,
    });
    expect((await run(['verify', '--anchor', head], { cwd, env })).code).toBe(0);
    expect((await run(['import', 'ledger.jsonl'], { cwd, env })).err).toContain('[store.notEmpty]');
  });

  test('says what is wrong with an address, without its password', async () => {
    const place = { ...(await freshDatabase()), database: 'there_is_none', password: 'not-the-secret' };
    const { code, err } = await run(['verify', '--database', addressOf(place)]);
    expect(code).toBe(1);
    expect(err).toContain('[store.unavailable]');
    expect(err).not.toContain('not-the-secret');
  });
});
