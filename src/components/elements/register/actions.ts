/** What can be done with rows: the built-in actions, in the shape of a host's own. */
import type { Lot, Posting, Serial } from '../../core.ts';
import type { ActionContext, ActionExtension } from '../../extensions/types.ts';

/** What a register can be asked to change of many records at once. */
export type BulkAct = 'status' | 'transition' | 'block';

/** An element that changes many records in a dialog. */
export interface BulkHost extends HTMLElement {
  /** Asks what to change of the records of an action, and changes them. */
  changeMany(act: BulkAct, context: ActionContext<never>): void;
}

const canChange = (element: HTMLElement): element is BulkHost =>
  typeof (element as Partial<BulkHost>).changeMany === 'function';

/** Whether the ledger takes mass changes of this kind, and the element may write. */
function offered(context: ActionContext<never>, command: string): boolean {
  const { ledger, element } = context;
  if (!canChange(element) || (element as { readonly?: boolean }).readonly === true) return false;
  const { commands } = ledger.capabilities;
  const takes = (name: string): boolean => commands[name] === true || commands[`${name}@1`] === true;
  return takes('jobs.start') && takes(command);
}

/** Copies the codes of rows. */
function copyAction<R>(code: (row: R) => string): ActionExtension<R> {
  return {
    id: 'copy-code',
    label: 'action.copyCode',
    icon: 'doc',
    scope: 'row',
    run: async ({ records, format, say }) => {
      const text = records.map(code).join('\n');
      try {
        await navigator.clipboard.writeText(text);
        say(format.text('register.copied', { n: records.length }));
      } catch {
        say(format.text('register.copyFailed'));
      }
    },
  };
}

const change = <R>(
  act: BulkAct,
  command: string,
  rest: Pick<ActionExtension<R>, 'id' | 'label' | 'icon' | 'permission' | 'danger'>,
): ActionExtension<R> => ({
  ...rest,
  scope: ['row', 'selection'],
  when: (context) => offered(context as ActionContext<never>, command),
  run: (context) => {
    if (canChange(context.element)) context.element.changeMany(act, context as ActionContext<never>);
  },
});

/** What lots and serials have in common: another status, a transition, a block. */
function stockActions<R extends { readonly code: string }>(
  register: 'lots' | 'serials',
): readonly ActionExtension<R>[] {
  const kind = register === 'lots' ? 'lot' : 'serial';
  return [
    change<R>('status', `${register}.update`, {
      id: 'change-status',
      label: 'action.changeStatus',
      permission: `${kind}.edit`,
    }),
    change<R>('block', `${register}.update`, {
      id: 'block',
      label: 'action.block',
      icon: 'lock',
      permission: `${kind}.edit`,
    }),
    change<R>('transition', `${register}.transition`, {
      id: 'transition',
      label: 'action.transition',
      permission: `${kind}.transition`,
    }),
    copyAction<R>(({ code }) => code),
  ];
}

/**
 * The built-in actions of the register of lots: `change-status`, `block`, `transition`, `copy-code`. A host's
 * action of the same id takes the place of one of them.
 *
 * @example
 * const block = lotActions.find(({ id }) => id === 'block');
 * register.extensions = [{ id: 'careful', on: 'lot', actions: [{ ...block, scope: 'selection' }] }];
 */
export const lotActions: readonly ActionExtension<Lot>[] = stockActions('lots');

/**
 * The built-in actions of the register of serials, with the ids of `lotActions`.
 *
 * @example
 * register.extensions = [{ id: 'no-blocks', on: 'serial', actions: serialActions.map((action) =>
 *   action.id === 'block' ? { ...action, when: () => 'Ask the quality manager.' } : action) }];
 */
export const serialActions: readonly ActionExtension<Serial>[] = stockActions('serials');

/**
 * The built-in actions of the register of postings: `copy-code`.
 *
 * @example
 * register.extensions = [{ id: 'mine', on: 'posting', actions: [{ ...postingActions[0], label: 'Copy number' }] }];
 */
export const postingActions: readonly ActionExtension<Posting>[] = [
  copyAction(({ numberText }) => numberText),
];
