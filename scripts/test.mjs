/**
 * Every check of the project, on a fresh clone too: build, format and lint, types, all tests in Node, on
 * PostgreSQL and in Chromium, and the rules. All of them run even when one fails, and the last line counts: each test of
 * vitest, and each other step, is one.
 */
import { build } from './build.mjs';
import { endChildren, runTool } from './lib/run.mjs';
import { printRules, readReport, runTests } from './rules.mjs';
import { asScript, chromiumAdvice, postgresAdvice, SetupError, setup } from './setup.mjs';

const count = { passed: 0, failed: 0 };
const failures = [];

function note(name, good, why = '') {
  count[good ? 'passed' : 'failed'] += 1;
  if (!good) failures.push(why ? `${name}\n    ${why}` : name);
}

async function step(name, work) {
  console.log(`\n— ${name}`);
  let good = false;
  try {
    good = await work();
  } catch (error) {
    console.error(error);
  }
  note(name, good);
}

const tool = (script, ...args) => runTool(script, args).then(({ code }) => code === 0);

const SHOWN_LINES = 6;

/** Why a test failed, short enough for the list at the end. */
function firstLines(messages) {
  return messages.join('\n').split('\n').slice(0, SHOWN_LINES).join('\n    ');
}

/** A test file that could not even be loaded has no tests to count, so it counts as one itself. */
function countTests(report, code) {
  count.passed += report.numPassedTests;
  for (const file of report.testResults) {
    const failed = file.assertionResults.filter((test) => test.status === 'failed');
    for (const test of failed) note(test.fullName, false, firstLines(test.failureMessages));
    if (file.status === 'failed' && failed.length === 0) note(`${file.name}: ${file.message}`, false);
  }
  if (code !== 0 && failures.length === 0) note('vitest ended with an error outside the tests', false);
  const skipped = report.numPendingTests + report.numTodoTests;
  if (skipped > 0) console.log(`\n${skipped} skipped`);
}

async function tests({ chromium, postgres }) {
  console.log('\n— tests');
  if (!chromium) {
    console.error(chromiumAdvice);
    note('a browser for the browser tests', false);
  }
  if (!postgres) {
    console.error(postgresAdvice);
    note('a PostgreSQL for the database tests', false);
  }
  const code = await runTests(chromium);
  const report = readReport();
  if (!report) return note('vitest wrote no report', false);
  countTests(report, code);
  await step('rules', () => printRules(report));
}

await asScript(async () => {
  try {
    const found = await setup();
    await step('build', build);
    await step('format and lint', () => tool('@biomejs/biome/bin/biome', 'check', '.'));
    await step('types', () => tool('typescript/bin/tsc', '-p', 'tsconfig.check.json'));
    await tests(found);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(error.message);
    note('set-up', false);
  } finally {
    endChildren('SIGTERM');
    if (failures.length > 0) console.log(`\nFailed:\n${failures.map((name) => `  ${name}`).join('\n')}`);
    console.log(`\n${count.passed} passed, ${count.failed} failed`);
  }
  return count.failed === 0 ? 0 : 1;
});
