/**
 * The host's hooks as the engine asks them: what one throws or answers out of shape becomes `hook.failed`, an
 * asynchronous one has a time limit, and a refusal of the host's becomes `hook.refused`.
 */
import { isLedgerError, LedgerError } from '../ports/errors.ts';
import type { DecideHooks, HookContext, Hooks, Who } from '../ports/hooks.ts';
import { permits } from './permissions.ts';

/** Milliseconds an asynchronous hook has, unless the host says otherwise. */
export const HOOK_TIMEOUT = 10_000;

const failed = (hook: keyof Hooks, why: string, cause?: unknown): LedgerError =>
  new LedgerError('hook.failed', { details: { hook, why }, cause });

const textOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

/** Asks a synchronous hook and checks the shape of its answer. */
function askNow<T>(hook: keyof Hooks, ask: () => T, fits: (answer: unknown) => boolean): T {
  let answer: T;
  try {
    answer = ask();
  } catch (thrown) {
    throw failed(hook, textOf(thrown), thrown);
  }
  if (!fits(answer))
    throw failed(hook, `answered ${answer instanceof Promise ? 'a promise' : typeof answer}`);
  return answer;
}

/** The hooks a decision may ask; undefined where the host has none of them. */
export function decideHooks(hooks: Hooks): DecideHooks | undefined {
  const { validateCode, rankCandidates } = hooks;
  if (!validateCode && !rankCandidates) return undefined;
  const isRank = (answer: unknown): boolean =>
    answer === undefined || (Array.isArray(answer) && answer.every((id) => typeof id === 'string'));
  return {
    ...(validateCode && {
      validateCode: (asked) =>
        askNow(
          'validateCode',
          () => validateCode.call(hooks, asked),
          (answer) => answer === true || typeof answer === 'string',
        ),
    }),
    ...(rankCandidates && {
      rankCandidates: (candidates, request) =>
        askNow('rankCandidates', () => rankCandidates.call(hooks, candidates, request), isRank),
    }),
  };
}

/** Whether somebody may do an act: the host's word where it has one, else the permissions list. */
export function mayBy(
  hooks: Hooks,
  permissions: readonly string[] | undefined,
): (act: string, who: Who, own?: readonly string[]) => boolean {
  if (!hooks.permit) return (act, _who, own = permissions) => permits(own, act);
  return (act, who, own = permissions) => {
    const said = askNow(
      'permit',
      () => hooks.permit?.(act, who),
      (answer) => answer === undefined || typeof answer === 'boolean',
    );
    return said ?? permits(own, act);
  };
}

/** The refusal of a host: a text, or an error of ours it threw. */
export function refusalOf(hook: keyof Hooks, said: string | LedgerError): LedgerError {
  if (typeof said === 'string') return new LedgerError('hook.refused', { details: { hook, text: said } });
  const { text = said.message } = said.details;
  const details = said.code === 'hook.refused' ? { hook, text } : { hook, text, code: said.code };
  return new LedgerError('hook.refused', { details });
}

/**
 * Asks an asynchronous hook, for as long as it has.
 * @throws LedgerError hook.failed, hook.refused; store.closed when the ledger is closed meanwhile
 */
export async function askLater<T>(
  hook: keyof Hooks,
  ask: (signal: AbortSignal) => Promise<T> | T,
  limit: number,
  closing: AbortSignal,
): Promise<T> {
  const own = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let close = (): void => undefined;
  const given = new Promise<never>((_, reject) => {
    const stop = (error: LedgerError): void => {
      reject(error);
      own.abort(error);
    };
    timer = setTimeout(() => stop(failed(hook, `no answer within ${limit} ms`)), limit);
    close = () => stop(new LedgerError('store.closed'));
    closing.addEventListener('abort', close, { once: true });
  });
  // asked a turn later, so that a hook that throws at once fails like one that throws in time
  const answer = Promise.resolve().then(() => ask(own.signal));
  answer.catch(() => undefined);
  try {
    return await Promise.race([answer, given]);
  } catch (thrown) {
    if (own.signal.aborted && thrown === own.signal.reason) throw thrown;
    if (isLedgerError(thrown)) throw refusalOf(hook, LedgerError.from(thrown));
    throw failed(hook, textOf(thrown), thrown);
  } finally {
    clearTimeout(timer);
    closing.removeEventListener('abort', close);
  }
}

/** What every asynchronous hook is told. */
export const hookContext = (
  { actor, source }: { readonly actor: string; readonly source?: string },
  preview: boolean,
  signal: AbortSignal,
): HookContext => ({ actor, ...(source === undefined ? {} : { source }), preview, signal });

/** An answer of the host's that does not have the shape it must have. */
export const badAnswer = (hook: keyof Hooks, thrown: unknown): LedgerError =>
  failed(hook, `its answer cannot be used: ${textOf(thrown)}`, thrown);
