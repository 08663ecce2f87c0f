/** What goes wrong on the command line, in plain words: one sentence, the code where there is one, no stack. */
import { isLedgerError } from '../core/index.ts';

/** Something the one who typed the command can put right. */
export class CommandError extends Error {
  /** What the program ends with: 1 for what did not work, 2 for what was typed wrong. */
  readonly exitCode: 1 | 2;

  constructor(message: string, { exitCode = 1, cause }: { exitCode?: 1 | 2; cause?: unknown } = {}) {
    super(message, { cause });
    this.name = 'CommandError';
    this.exitCode = exitCode;
  }
}

/** The command line itself is not understood. */
export const misused = (message: string): CommandError =>
  new CommandError(`${message}\nlotledger --help tells more.`, { exitCode: 2 });

/** Further words on codes whose sentence speaks to somebody in a browser. */
const advice: Readonly<Record<string, string>> = {
  'store.newer': 'A newer version of lotledger wrote this; use that version.',
  'store.unfinished':
    'An import into this ledger was not finished. Start the same import again, or delete it.',
  'store.unavailable': 'The database did not answer. Nothing was written.',
};

/** The code of a system's error, such as ENOENT. */
export const systemCode = (error: unknown): unknown => (error as { code?: unknown } | undefined)?.code;

function words(error: unknown): string {
  if (isLedgerError(error)) {
    const { code, message, details, path } = error;
    const why = typeof details.why === 'string' ? ` (${details.why})` : '';
    const where = path === undefined ? '' : ` (${path})`;
    const text = advice[code] ?? message.replace(`${code}: `, '');
    return `${text}${why}${where} [${code}]`;
  }
  return error instanceof Error ? error.message : String(error);
}

/** What lay below, where it says more than the sentence: a database that is not there has its own words. */
function below(error: unknown): string | undefined {
  const { cause } = (error ?? {}) as { cause?: unknown };
  if (cause === undefined || cause === null) return undefined;
  const { message, code } = cause as { message?: unknown; code?: unknown };
  if (typeof message === 'string' && message !== '') return message;
  return typeof code === 'string' ? code : undefined;
}

/** One problem as it is printed; with `debug` all that is known of it. */
export function describe(error: unknown, debug = false): string {
  if (debug) return error instanceof Error ? `${words(error)}\n${error.stack ?? ''}` : words(error);
  const more = below(error);
  return more === undefined || error instanceof CommandError ? words(error) : `${words(error)}\n${more}`;
}

/** What the program ends with after a problem. */
export const exitCodeOf = (error: unknown): 1 | 2 => (error instanceof CommandError ? error.exitCode : 1);
