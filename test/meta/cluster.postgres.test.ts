/** The throwaway PostgreSQL of the tests: two at once do not meet, and nothing of it stays, however it ends. */
import { existsSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { findPostgres, startPostgres } from '../../scripts/lib/postgres.mjs';
import { startChild } from '../postgres/children.ts';
import { postgresTests } from '../postgres/index.ts';

const patience = { timeout: 30_000, interval: 100 };

/** Whether a process still runs. */
function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Where a server keeps its data, as it tells itself. */
const where = "select current_setting('data_directory')";

postgresTests('a throwaway PostgreSQL', () => {
  it('starts twice at once, keeps its data over a restart, and leaves nothing behind', async () => {
    const servers = await Promise.all([startPostgres(), startPostgres({ settings: { work_mem: '5MB' } })]);
    const [first, second] = servers as [(typeof servers)[0], (typeof servers)[0]];
    expect(first.port).not.toBe(second.port);
    expect(await second.sql('show work_mem')).toBe('5MB\n');
    await first.createDatabase('italian', { icu: 'it' });
    await first.sql('create table kept (n int); insert into kept values (7)', 'italian');
    const { port } = first;
    await first.stop();
    await first.start();
    expect(first.port).toBe(port);
    expect(await first.sql('select n from kept', 'italian')).toBe('7\n');
    const folders = await Promise.all(servers.map(async (server) => (await server.sql(where)).trim()));
    expect(folders.every((folder) => existsSync(folder))).toBe(true);
    await Promise.all(servers.map((server) => server.close()));
    expect(folders.some((folder) => existsSync(folder))).toBe(false);
    await first.close();
  });

  it('ends with the program that started it, even when that is killed', async () => {
    const child = startChild(new URL('../postgres/owner.ts', import.meta.url), []);
    await child.printed(1);
    const [folder = '', pid = ''] = (child.lines[0] ?? '').split(' ');
    expect(existsSync(folder)).toBe(true);
    expect(runs(Number(pid))).toBe(true);
    child.kill();
    await vi.waitFor(() => expect(runs(Number(pid))).toBe(false), patience);
    await vi.waitFor(() => expect(existsSync(folder)).toBe(false), patience);
  });

  it('is found where it is named, and nowhere else then', async () => {
    vi.stubEnv('LOTLEDGER_POSTGRES_BIN', '/nowhere');
    expect(await findPostgres()).toBeUndefined();
    await expect(startPostgres()).rejects.toThrow('LOTLEDGER_POSTGRES_BIN');
    vi.unstubAllEnvs();
    expect(await findPostgres()).toBeDefined();
  });
});
