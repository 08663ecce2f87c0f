/** Programs of their own that a test starts, talks to line by line, and may kill; none outlives the file. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

const starter = fileURLToPath(new URL('./child.mjs', import.meta.url));
const running = new Set<ChildProcess>();

afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
});

export interface Child {
  /** Every line it has printed so far. */
  readonly lines: readonly string[];
  /** Waits until it has printed so many lines, or has ended. */
  printed(count: number): Promise<void>;
  say(line: string): void;
  kill(): void;
  /** Its exit code; null where it was killed. */
  readonly ended: Promise<number | null>;
}

/** Starts the function `main` of a module of the tests, with arguments, in a process of its own. */
export function startChild(module: URL, args: readonly string[]): Child {
  const child = spawn(process.execPath, [starter, fileURLToPath(module), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  running.add(child);
  const lines: string[] = [];
  let wake = () => {};
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    wake();
  });
  let over = false;
  const ended = once(child, 'close').then(([code]) => {
    over = true;
    running.delete(child);
    wake();
    return code as number | null;
  });
  return {
    lines,
    ended,
    async printed(count) {
      while (lines.length < count && !over) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    say: (line) => child.stdin.write(`${line}\n`),
    kill: () => child.kill('SIGKILL'),
  };
}
