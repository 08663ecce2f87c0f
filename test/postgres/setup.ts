/** Runs once before all tests on PostgreSQL: starts the one server that they share. */
import type { TestProject } from 'vitest/node';
import { findPostgres, postgresAdvice, startPostgres } from '../../scripts/lib/postgres.mjs';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the shared server listens; null when there is no PostgreSQL. */
    postgres: { readonly port: number; readonly user: string; readonly password: string } | null;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if ((await findPostgres()) === undefined) {
    console.warn(`${postgresAdvice} They are skipped.`);
    project.provide('postgres', null);
    return async () => {};
  }
  const server = await startPostgres();
  const { port, user, password } = server;
  project.provide('postgres', { port, user, password });
  return () => server.close();
}
