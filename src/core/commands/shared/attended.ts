/**
 * What edits of lots and serials have in common: which fields changed, the acts that need a permission, the
 * workflow that may own them (R48), corrected codes (R86), expiry (R31–R33).
 */
import type { Change, Fact } from '../../model/facts.ts';
import type { CodeOrigin, ItemRecord } from '../../model/records.ts';
import { LedgerError } from '../../ports/errors.ts';
import { codeKey } from '../../ports/keys.ts';
import type { DecideContext, View } from '../../ports/view.ts';
import { counterWithGap, isCodeTaken, mustBeAccepted } from '../../reading/codes.ts';
import { settingsOf } from '../../reading/references.ts';
import {
  type AttributeOwner,
  type AttributeValues,
  requireAttributes,
  typedAttributes,
} from '../../rules/attributes.ts';
import { type Fields, patched, same } from './patch.ts';

/** What lots and serials share for an edit. */
export interface Attended {
  readonly id: string;
  readonly item: string;
  readonly variant: string | null;
  readonly code: string;
  readonly codeKey: string;
  readonly scope: string;
  readonly origin: CodeOrigin | null;
  readonly moved: boolean;
  readonly left: boolean;
  readonly startDate: string | null;
  readonly expiryDate: string | null;
}

const attributesAfter = (before: Fields, patch: Fields | null): Fields =>
  patch === null ? {} : patched(before, patch);

/** The fields a patch really changes, from and to. `attributes` are patched name by name. */
export function changesOf(record: object, patch: Fields): Change[] {
  const before = record as Fields;
  const changes: Change[] = [];
  for (const [field, value] of Object.entries(patch)) {
    if (value === undefined) continue;
    const from = before[field] ?? null;
    const to = field === 'attributes' ? attributesAfter(from as Fields, value as Fields | null) : value;
    if (!same(from, to)) changes.push({ field, from, to });
  }
  return changes;
}

/**
 * The attributes of a patch as the item's schema types them; null clears one, or all. What the schema
 * requires stays: but of what is not edited nothing is asked, since the schema may be younger.
 */
export function resolvedAttributes<P extends { readonly attributes?: AttributeValues | null | undefined }>(
  record: { readonly itemKey: string; readonly attributes: AttributeValues },
  owner: AttributeOwner,
  patch: P,
  view: View,
): Pick<P, 'attributes'> | undefined {
  const item = patch.attributes === undefined ? undefined : view.get('items', record.itemKey);
  if (!item) return undefined;
  const typed = patch.attributes ? typedAttributes(item, owner, patch.attributes) : null;
  const after = attributesAfter(record.attributes, typed);
  requireAttributes(item, owner, after, 'attributes', typed ?? record.attributes);
  return { attributes: typed } as Pick<P, 'attributes'>;
}

/** The change of one field, if there is one. */
export const changeOf = (changes: readonly Change[], field: string): Change | undefined =>
  changes.find((change) => change.field === field);

/** Refuses an act the actor may not do. */
export function mustBeAllowed(context: DecideContext, action: string, path: string): void {
  if (!context.may(action)) throw new LedgerError('permission.denied', { path, details: { action } });
}

/** Refuses an edit that has no reason. */
export function mustHaveReason(context: DecideContext, path: string): void {
  if (!context.reason?.trim()) throw new LedgerError('reason.required', { path });
}

/** Refuses direct edits of what the workflow owns (R48). */
export function checkWorkflow(view: View, changes: readonly Change[], owned: readonly string[]): void {
  const change = changes.find(({ field }) => owned.includes(field));
  if (change && settingsOf(view).workflowOnly) {
    throw new LedgerError('workflow.required', { path: change.field });
  }
}

/**
 * A corrected code (R86): with a reason, until it has left the house, and not to a code that is taken.
 * Answers what else has to be written: the gap a freed code leaves in its counter.
 */
export function checkCode(
  kind: 'lot' | 'serial',
  record: Attended,
  change: Change | undefined,
  view: View,
  context: DecideContext,
): Fact[] {
  if (!change) return [];
  const path = 'code';
  const code = String(change.to);
  if (record.left) throw new LedgerError(`${kind}.codeLocked`, { path, details: { code: record.code } });
  mustHaveReason(context, path);
  const { item, variant } = record;
  mustBeAccepted(context, { kind, item, variant, code, made: false }, path);
  if (codeKey(code) === record.codeKey) return [];
  if (isCodeTaken(view, kind, record.scope, code, record.id)) {
    throw new LedgerError(`${kind}.duplicate`, { path, details: { code } });
  }
  const counter = record.moved ? undefined : counterWithGap(view, record.origin);
  return counter ? [{ kind: 'counter', counter }] : [];
}

/** A changed expiry date (R31, R32): where it is fixed only with the permission, and then with a reason. */
export function checkExpiry(
  record: Attended,
  item: ItemRecord,
  change: Change | undefined,
  context: DecideContext,
): void {
  if (!change) return;
  const path = 'expiryDate';
  const fixed = item.lots?.expiryEditable === false;
  if (fixed && !context.may('expiry.edit')) throw new LedgerError('lot.expiryFixed', { path });
  if (fixed || record.left) mustHaveReason(context, path);
}

/** The dates as they would be: an expiry before the start is refused (R33). */
export function checkDates(startDate: string | null, expiryDate: string | null): void {
  if (startDate !== null && expiryDate !== null && expiryDate < startDate) {
    throw new LedgerError('lot.expiryBeforeStart', {
      path: 'expiryDate',
      details: { startDate, expiryDate },
    });
  }
}
