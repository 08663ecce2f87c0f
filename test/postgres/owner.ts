/** A program that starts a PostgreSQL, tells where it is, and waits to be killed. */
import { startPostgres } from '../../scripts/lib/postgres.mjs';

export async function main(): Promise<void> {
  const server = await startPostgres();
  const folder = await server.sql("select current_setting('data_directory')");
  const pid = await server.sql("select split_part(pg_read_file('postmaster.pid'), E'\\n', 1)");
  console.log(`${folder.trim()} ${pid.trim()}`);
  await new Promise(() => {
    setInterval(() => {}, 1_000);
  });
}
