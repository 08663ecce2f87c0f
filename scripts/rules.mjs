/**
 * Which rules of the ledger are proven: every rule of `docs/rules-status.json` with the tests that carry
 * its number in their title, and how they ended. A rule without a passing test, or with a failing one,
 * fails the check. Reads the report of `npm test` while it is newer than sources and tests; else it runs
 * the tests itself.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from './lib/chromium.mjs';
import { isMain, root, runTool } from './lib/run.mjs';
import { filesBelow } from './lib/stamp.mjs';
import { asScript, setup } from './setup.mjs';

/** Where vitest leaves its report. */
export const reportPath = join(root, '.cache', 'vitest.json');

/** Runs every test, shows them as they end, and writes the report. */
export async function runTests(chromium) {
  mkdirSync(join(root, '.cache'), { recursive: true });
  rmSync(reportPath, { force: true });
  const { code } = await runTool(
    'vitest/vitest.mjs',
    ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${reportPath}`],
    { env: chromium ? { LOTLEDGER_CHROMIUM: chromium } : {} },
  );
  return code;
}

/** The report, or undefined where vitest did not get as far as writing one. */
export function readReport() {
  return existsSync(reportPath) ? JSON.parse(readFileSync(reportPath, 'utf8')) : undefined;
}

function reportIsFresh() {
  if (!existsSync(reportPath)) return false;
  const { mtimeMs } = statSync(reportPath);
  const sources = filesBelow(...['src', 'test', 'examples'].map((path) => join(root, path)));
  return sources.every((path) => statSync(path).mtimeMs < mtimeMs);
}

/** Every test of a report: its full title and how it ended. */
export function testsOf(report) {
  return report.testResults.flatMap((file) =>
    file.assertionResults.map((test) => ({ title: test.fullName, status: test.status })),
  );
}

/**
 * @typedef {{ about: string, coverage: 'full' | 'part', note?: string }} Rule
 * @typedef {{ title: string, status: string }} Test
 * @typedef {Rule & { rule: string, outcome: string, passed: number, failed: number, tests: Test[] }} Row
 */

const RANGE = /\bR\d+\s*(?:[-–—…]|\.\.+|to)\s*R?\d+/;

/**
 * Compares the rules with the tests.
 * @param {Record<string, Rule>} rules
 * @param {readonly Test[]} tests
 * @returns {{ rows: Row[], problems: string[] }}
 */
export function judge(rules, tests) {
  const problems = [];
  const byRule = new Map(Object.keys(rules).map((rule) => [rule, []]));
  for (const test of tests) {
    if (RANGE.test(test.title)) problems.push(`A title names a range of rules; name each: ${test.title}`);
    for (const rule of new Set(test.title.match(/\bR\d+\b/g) ?? [])) byRule.get(rule)?.push(test);
  }
  const rows = Object.entries(rules).map(([rule, { about, coverage, note }]) => {
    const own = byRule.get(rule);
    const passed = own.filter((test) => test.status === 'passed').length;
    const failed = own.filter((test) => test.status === 'failed').length;
    const outcome = failed > 0 ? 'failed' : passed > 0 ? 'passed' : own.length > 0 ? 'skipped' : 'no test';
    if (outcome !== 'passed') problems.push(`${rule} ${outcome}: ${about}`);
    return { rule, coverage, about, note, outcome, passed, failed, tests: own };
  });
  return { rows, problems };
}

/**
 * The rules this version is made to keep.
 * @returns {Record<string, Rule>}
 */
export function readRules() {
  return JSON.parse(readFileSync(join(root, 'docs', 'rules-status.json'), 'utf8')).rules;
}

/**
 * The rules still to come: number and what it says.
 * @returns {Record<string, string>}
 */
export function readOpenRules() {
  return JSON.parse(readFileSync(join(root, 'docs', 'rules-status.json'), 'utf8')).open;
}

/** Prints the table; answers whether every rule is proven. */
export function printRules(report, { long = false } = {}) {
  const { rows, problems } = judge(readRules(), testsOf(report));
  for (const { rule, coverage, about, note, outcome, passed, tests } of rows) {
    const count = `${passed} of ${tests.length}`.padStart(9);
    console.log(`${rule.padEnd(5)} ${coverage.padEnd(5)} ${outcome.padEnd(8)} ${count}  ${about}`);
    if (note) console.log(`${' '.repeat(32)}later: ${note}`);
    if (long) for (const test of tests) console.log(`${' '.repeat(32)}${test.status}: ${test.title}`);
  }
  const open = Object.entries(readOpenRules());
  for (const [rule, about] of open) console.log(`${rule.padEnd(5)} open  ${' '.repeat(20)}${about}`);
  const full = rows.filter((row) => row.coverage === 'full').length;
  const proven = rows.filter((row) => row.outcome === 'passed').length;
  console.log(
    `\n${rows.length} rules: ${full} full, ${rows.length - full} part; ${proven} proven by tests. ${open.length} open.`,
  );
  for (const problem of problems) console.error(problem);
  return problems.length === 0;
}

if (isMain(import.meta)) {
  await asScript(async () => {
    if (!reportIsFresh()) {
      await setup({ browser: false });
      await runTests(await findChromium());
    }
    const report = readReport();
    if (!report) return 1;
    return printRules(report, { long: !process.argv.includes('--short') }) ? 0 : 1;
  });
}
