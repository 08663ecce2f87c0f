/**
 * What goes wrong below the ledger: a client is told the code and nothing of the words of the database or of a
 * host's hook; whoever runs the server reads them in the log, as far as they hold nothing of what was stored.
 */
import {
  type ErrorDetails,
  type ErrorKind,
  isLedgerError,
  LedgerError,
  type LedgerProblem,
  type Receipt,
} from '../core/index.ts';

/** Kinds of which the sender is not to blame: their details may be somebody else's words. */
const below: ReadonlySet<ErrorKind> = new Set<ErrorKind>(['unavailable', 'quota', 'corrupt']);

/** Texts and records among their details that are ours. */
const ours: ReadonlySet<string> = new Set(['request', 'hook', 'at']);

const isTold = ([name, value]: readonly [string, unknown]): boolean =>
  typeof value === 'number' || ours.has(name);

/** The details of a problem as a client gets them. */
export const toldDetails = ({ kind, details }: LedgerProblem): ErrorDetails =>
  below.has(kind) ? Object.fromEntries(Object.entries(details).filter(isTold)) : details;

/** A receipt as a client gets it. */
export const toldReceipt = (receipt: Receipt): Receipt =>
  receipt.outcome === 'refused'
    ? { ...receipt, problem: { ...receipt.problem, details: toldDetails(receipt.problem) } }
    : receipt;

/** Whether a problem is one for whoever runs the server: no room, damage, or a reason that lies below. */
export function isFault(problem: LedgerProblem & { readonly cause?: unknown }): boolean {
  const { kind, details, cause } = problem;
  if (!below.has(kind)) return false;
  return kind !== 'unavailable' || cause !== undefined || !Object.entries(details).every(isTold);
}

/** What a refused receipt stands for, where that is a fault. */
export function faultOf(receipt: Receipt): LedgerError | undefined {
  return receipt.outcome === 'refused' && isFault(receipt.problem)
    ? LedgerError.from(receipt.problem)
    : undefined;
}

/** How deep a chain of causes is followed. */
const DEEPEST = 5;
const LONGEST = 300;

/** SQLSTATEs whose messages speak of lines, roles, objects and room, and repeat no values. */
const OF_THE_SERVER = /^(?:08|28|3D|3F|42|53|57|58)/;
const STATE = /^[0-9A-Z]{5}$/;

/** Whether what was said next to a code can be noted: a database repeats values when it refuses them. */
const isPlain = (code: string): boolean => !STATE.test(code) || OF_THE_SERVER.test(code);

/** One cause in a line: what sort of error, its code, and what it says where that holds no data. */
function lineOf(cause: unknown, mayTell: boolean): string {
  const {
    code,
    message,
    constructor: made,
  } = Object(cause) as {
    code?: unknown;
    message?: unknown;
    constructor?: unknown;
  };
  const sort = typeof made === 'function' ? made.name : typeof cause;
  const named = typeof code === 'string' && /^\w{1,40}$/.test(code) ? code : '';
  const tells = mayTell && typeof message === 'string' && isPlain(named);
  const head = named === '' ? sort : `${sort} ${named}`;
  return tells ? `${head}: ${message.slice(0, LONGEST)}` : head;
}

/** The adapter's own words, where they have no error behind them. */
function wordsIn({ code, details, cause }: LedgerError): readonly string[] {
  const { cause: said } = details;
  if (cause !== undefined || typeof said !== 'string' || !code.startsWith('store.')) return [];
  // what became a receipt has lost its error; the state it had stands at the end
  const [, state = ''] = /\((\w{5})\)$/.exec(said) ?? [];
  return [isPlain(state) ? said.slice(0, LONGEST) : state];
}

/** What lies below an error, the nearest first. What a hook threw may say anything: of it only the sort is told. */
export function causesOf(error: unknown): readonly string[] {
  if (!isLedgerError(error)) return [];
  const found = [...wordsIn(error)];
  const mayTell = error.code.startsWith('store.');
  for (let cause = error.cause; cause !== undefined && found.length < DEEPEST; ) {
    found.push(lineOf(cause, mayTell));
    cause = Object(cause).cause as unknown;
  }
  return found;
}
