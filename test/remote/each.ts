/** Around each test that runs through `rest`: says which one it is, and holds it against the list. */
import { afterAll, afterEach, beforeEach } from 'vitest';
import { forgetAll } from './core.ts';
import { local } from './local.ts';
import { enter, leave, testFile } from './standing.ts';

interface Named {
  readonly name: string;
  readonly suite?: Named | undefined;
  readonly tasks?: readonly Named[];
}

/** The name of a test with those of its groups, as the list has it. */
function nameOf(task: Named): string {
  const names: string[] = [];
  for (let at: Named | undefined = task; at !== undefined; at = at.suite) names.unshift(at.name);
  return names.filter((name) => name !== '').join(' > ');
}

const testsOf = (task: Named): readonly string[] =>
  task.tasks === undefined ? [nameOf(task)] : task.tasks.flatMap(testsOf);

let file: Named | undefined;

beforeEach(({ task }) => {
  file = task.file;
  enter(nameOf(task));
});
afterEach(() => leave());
afterAll(async () => {
  await forgetAll();
  const there = file === undefined ? [] : testsOf(file);
  const gone = Object.keys(local[testFile()] ?? {}).filter((name) => name !== '*' && !there.includes(name));
  if (file !== undefined && gone.length > 0) {
    throw new Error(`test/remote/local.ts names tests that are not there: ${gone.join(', ')}`);
  }
});
