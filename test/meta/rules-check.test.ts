/** The check of `npm run rules` itself: what counts as proof of a rule, and what does not. */
import { expect, test } from 'vitest';
import { judge, type Rule, readOpenRules, readRules, type Test } from '../../scripts/rules.mjs';

const rules: Record<string, Rule> = {
  R1: { about: 'one', coverage: 'full' },
  R12: { about: 'twelve', coverage: 'part', note: 'more' },
};
const passed = (title: string): Test => ({ title, status: 'passed' });
const outcomes = (tests: Test[]): string[] =>
  judge(rules, tests).rows.map(({ rule, outcome }) => `${rule} ${outcome}`);

test('a passing test proves every rule its title names', () => {
  expect(outcomes([passed('codes R1 R12 agree')])).toEqual(['R1 passed', 'R12 passed']);
  expect(judge(rules, [passed('codes R1, R12 agree')]).problems).toEqual([]);
});

test('a number inside another number proves nothing', () => {
  expect(outcomes([passed('R12 alone')])).toEqual(['R1 no test', 'R12 passed']);
});

test('a failing or skipped test is no proof, and one failure outweighs others', () => {
  const tests = [passed('R1 a'), { title: 'R1 b', status: 'failed' }, { title: 'R12 c', status: 'skipped' }];
  expect(outcomes(tests)).toEqual(['R1 failed', 'R12 skipped']);
  expect(judge(rules, tests).problems).toHaveLength(2);
});

test('a range in a title is refused, so that every rule is named', () => {
  const { problems } = judge(rules, [passed('R1 a'), passed('R1–R12 all')]);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain('range');
});

test('every rule of this version says what it is, and a partial one what is missing', () => {
  for (const [rule, { about, coverage, note }] of Object.entries(readRules())) {
    expect(rule).toMatch(/^R([1-9]|[1-9]\d|1[0-3]\d)$/);
    expect(about.length, rule).toBeGreaterThan(10);
    expect(coverage === 'part' ? note : coverage, rule).toBeTruthy();
    expect(coverage === 'full' && note !== undefined, rule).toBe(false);
  }
});

test('every rule from 1 to 138 is kept or said to be open, and none is both', () => {
  const named = [...Object.keys(readRules()), ...Object.keys(readOpenRules())];
  const all = Array.from({ length: 138 }, (_, i) => `R${i + 1}`);
  expect(named.sort()).toEqual(all.sort());
});
