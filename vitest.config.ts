/**
 * Four kinds of tests: plain Node ones, in parallel; those on a real PostgreSQL, sharing one server, which
 * is started for them (`test/postgres/setup.ts`); those of the ledger's behaviour a second time, on ledgers in a
 * server process, through `rest` (`test/remote/setup.ts`); and, after these, those that drive Chromium, two files at a
 * time, sharing one server and one browser (`test/browser/harness/setup.ts`).
 */
import { defineConfig } from 'vitest/config';
import { sourceAliases } from './scripts/vite-config.mjs';
import { throughRest } from './test/remote/plugin.ts';
import { ofParts, ofTheLedger } from './test/remote/which.ts';

const onPostgres = ['test/adapters/sql/postgres*.test.ts', 'test/**/*.postgres.test.ts'];

const inChromium = {
  globalSetup: ['test/browser/harness/setup.ts'],
  testTimeout: 120_000,
  hookTimeout: 120_000,
};
/** What is promised within some time is proved with the machine to itself. */
const alone = ['test/browser/alone/*.test.ts'];

export default defineConfig({
  resolve: { alias: sourceAliases() },
  test: {
    // a failure says what was found, not only how much of it: reports keep no more than the message
    chaiConfig: { truncateThreshold: 4000 },
    // all of the machine: one core less, as is usual, is half of it where there are two
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**', ...onPostgres],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'postgres',
          include: onPostgres,
          globalSetup: ['test/postgres/setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        plugins: [throughRest()],
        test: {
          name: 'remote',
          include: ofTheLedger,
          exclude: ofParts,
          globalSetup: ['test/remote/setup.ts'],
          setupFiles: ['test/remote/each.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          exclude: alone,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          ...inChromium,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser-alone',
          include: alone,
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
          ...inChromium,
        },
      },
    ],
  },
});
