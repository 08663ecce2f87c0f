/**
 * Permissions as an input. Some acts have a name of their own; everything else is ordinary and needs
 * none. Without a list an actor may do everything ordinary and no override; with a list, exactly the
 * named acts in it. An override also needs `force: {reason}` on the command (or a reason, for edits).
 */

/** Acts that go against a rule: never allowed unless listed. */
export const overrides: readonly string[] = ['expired.force', 'expiry.edit', 'return.unverified'];

/** Ordinary acts with a name: allowed unless a list leaves them out. */
export const namedActs: readonly string[] = [
  'status.change',
  'lot.reopen',
  'posting.backdate',
  'posting.reverse',
  'recall.open',
];

/** Whether a permission list allows an act. */
export function permits(permissions: readonly string[] | undefined, act: string): boolean {
  if (permissions) return permissions.includes(act) || !(overrides.includes(act) || namedActs.includes(act));
  return !overrides.includes(act);
}
