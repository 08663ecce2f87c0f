/** The log of a server: a line for every request, fault and warning, with nothing of what was said in them. */
import { isLedgerError } from '../core/index.ts';
import { causesOf } from './faults.ts';
import type { LogLine, ServerOptions } from './options.ts';

type Line<T extends LogLine['type']> = Omit<Extract<LogLine, { type: T }>, 'type' | 'at'>;

/** Frames of a stack, without the message before them. */
function framesOf(error: unknown): readonly string[] {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  return stack
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /^at .*:\d+:\d+\)?$/.test(line))
    .slice(0, 20);
}

export class Log {
  readonly #write: (line: LogLine) => void;
  readonly #onFault: ServerOptions['onFault'];
  readonly #now: () => number;

  constructor({ log, onFault }: ServerOptions, now: () => number) {
    this.#write = log ?? toConsole;
    this.#onFault = onFault;
    this.#now = now;
  }

  now(): number {
    return this.#now();
  }

  request({
    tenant,
    ...line
  }: Omit<Line<'request'>, 'tenant'> & { readonly tenant: string | undefined }): void {
    this.#tell({ type: 'request', at: this.#at(), ...line, ...(tenant === undefined ? {} : { tenant }) });
  }

  fault(error: unknown, requestId: string, route: string | null): void {
    const name = error instanceof Error ? error.constructor.name : typeof error;
    const cause = causesOf(error);
    this.#tell({
      type: 'fault',
      at: this.#at(),
      requestId,
      route,
      name,
      ...(isLedgerError(error) ? { code: error.code } : {}),
      ...(cause.length === 0 ? {} : { cause }),
      stack: framesOf(error),
    });
    try {
      this.#onFault?.(error, requestId);
    } catch {
      // a listener's fault is its own
    }
  }

  warn(what: string): void {
    this.#tell({ type: 'warning', at: this.#at(), what });
  }

  #at(): string {
    return new Date(this.#now()).toISOString();
  }

  #tell(line: LogLine): void {
    try {
      this.#write(line);
    } catch {
      // a log that is full or gone stops no request
    }
  }
}

/** Where nobody listens, only what somebody has to know. */
function toConsole(line: LogLine): void {
  if (line.type !== 'request') console.error(JSON.stringify(line));
}
