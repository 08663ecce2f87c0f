/**
 * Two kinds of tests: plain Node ones, in parallel, and those that drive Chromium, one file after the
 * other after them, sharing one server and one browser (`test/browser/harness/setup.ts`).
 */
import { defineConfig } from 'vitest/config';
import { sourceAliases } from './scripts/vite-config.mjs';

export default defineConfig({
  resolve: { alias: sourceAliases() },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['test/browser/harness/setup.ts'],
          fileParallelism: false,
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
