/** Web Locks as a browser has them, for tests in Node: exclusive, with `signal` and `steal`. */

interface Waiting {
  readonly grant: () => void;
  readonly fail: (error: unknown) => void;
}

interface Held {
  readonly fail: (error: unknown) => void;
}

type Task = () => Promise<unknown>;

export class FakeLocks {
  readonly #held = new Map<string, Held>();
  readonly #queues = new Map<string, Waiting[]>();

  request(name: string, how: { signal?: AbortSignal; steal?: boolean }, task: Task): Promise<unknown> {
    const queue = this.#queues.get(name) ?? [];
    this.#queues.set(name, queue);
    return new Promise((resolve, reject) => {
      const run = (): void => {
        const held: Held = { fail: reject };
        this.#held.set(name, held);
        const free = (): void => {
          if (this.#held.get(name) !== held) return;
          this.#held.delete(name);
          queue.shift()?.grant();
        };
        Promise.resolve().then(task).then(resolve, reject).finally(free);
      };
      if (how.steal) {
        this.#held.get(name)?.fail(new DOMException('stolen', 'AbortError'));
        this.#held.delete(name);
        run();
        return;
      }
      if (!this.#held.has(name)) {
        run();
        return;
      }
      const waiting: Waiting = { grant: run, fail: reject };
      queue.push(waiting);
      how.signal?.addEventListener('abort', () => {
        const at = queue.indexOf(waiting);
        if (at < 0) return;
        queue.splice(at, 1);
        reject(new DOMException('aborted', 'AbortError'));
      });
    });
  }
}
