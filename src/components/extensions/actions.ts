/** Which actions stand where, which of them are locked and why, and how one is run. */
import { problemOf } from '../core.ts';
import type { Allowed, AskedAct } from '../provider/types.ts';
import { warnOnce } from '../warn.ts';
import { extensionFailed } from './failed.ts';
import { labelText } from './resolve.ts';
import type { ActionContext, ActionExtension, ActionScope } from './types.ts';

/** An action that is offered; with `locked` it is shown with its reason, and does nothing. */
export interface OfferedAction<R> {
  readonly action: ActionExtension<R>;
  readonly locked?: string;
}

const inScope = ({ scope }: { readonly scope: ActionScope | readonly ActionScope[] }, here: ActionScope) =>
  Array.isArray(scope) ? scope.includes(here) : scope === here;

function whenOf<R>(action: ActionExtension<R>, context: ActionContext<R>): Allowed {
  if (action.when === undefined) return true;
  try {
    const answer: unknown = action.when(context);
    if (answer instanceof Promise) {
      answer.catch(() => {});
      warnOnce(
        context.element,
        `action "${action.id}": its "when" gave a promise; it has to answer at once.`,
      );
      return false;
    }
    return typeof answer === 'string' ? answer : Boolean(answer);
  } catch (error) {
    warnOnce(context.element, `action "${action.id}": its "when" failed: ${String(error)}`);
    return false;
  }
}

/**
 * The actions that stand in a place for these records.
 * @param may what `can` and the ledger's permissions say; undefined while nobody has answered
 */
export function offeredActions<R>(
  actions: readonly ActionExtension<R>[],
  context: ActionContext<R>,
  may: (act: AskedAct) => Allowed | undefined = () => true,
): readonly OfferedAction<R>[] {
  return actions.flatMap((action) => {
    if (!inScope(action, context.scope)) return [];
    const when = whenOf(action, context);
    if (when === false) return [];
    const { permission } = action;
    const id = context.records.length === 1 ? (context.records[0] as { id?: string }).id : undefined;
    const asked = permission === undefined ? undefined : { action: permission, ...(id ? { id } : {}) };
    const allowed = asked === undefined ? true : (may(asked) ?? false);
    if (allowed === false) return [];
    const reason = [when, allowed].find((said) => typeof said === 'string' && said !== '');
    return [reason === undefined ? { action } : { action, locked: String(reason) }];
  });
}

/**
 * Runs an action; what it throws is told as `extension.failed`, also to a screen reader, and false given back.
 * @param failed hears of it
 */
export async function runAction<R>(
  { action, locked }: OfferedAction<R>,
  context: ActionContext<R>,
  failed: (error: unknown) => void,
): Promise<boolean> {
  if (locked !== undefined) return false;
  try {
    await action.run(context);
    return true;
  } catch (error) {
    const problem = extensionFailed(labelText(action.label, context.format) || action.id, error);
    const { code, details, message } = problemOf(problem);
    failed(problem);
    context.say(context.format.problem(code, details, message));
    return false;
  }
}
