/**
 * Permissions as an input. Some acts have a name of their own; everything else is ordinary and needs
 * none. Without a list an actor may do everything ordinary and no override; with a list, exactly the
 * named acts in it. An override also needs `force: {reason}` on the command (or a reason, for edits).
 */

/** Acts that go against a rule: never allowed unless listed. */
export const overrides: readonly string[] = [
  'expired.force',
  'expiry.edit',
  'return.unverified',
  'merge.laterExpiry',
  'period.reopen',
];

/** Ordinary acts with a name: allowed unless a list leaves them out. */
export const namedActs: readonly string[] = [
  'status.change',
  'lot.reopen',
  'posting.backdate',
  'posting.reverse',
  'posting.correct',
  'recall.open',
  'recall.close',
  'document.view',
];

/**
 * Every act with a permission of its own, for a host's role editor; the steps of the workflow have one each
 * besides, `transition.<code>`.
 * @example permissionNames.overrides.includes('expired.force')
 */
export const permissionNames = { acts: namedActs, overrides } as const;

/** Steps of the workflow have a name each, by the code of their transition (R48). */
const isNamed = (act: string): boolean => namedActs.includes(act) || act.startsWith('transition.');

/** Whether a permission list allows an act. */
export function permits(permissions: readonly string[] | undefined, act: string): boolean {
  if (permissions) return permissions.includes(act) || !(overrides.includes(act) || isNamed(act));
  return !overrides.includes(act);
}
