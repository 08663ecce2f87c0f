/** A corrected code: its key changes with it, and the old one is retired where it was on a movement (R86). */
import type { CodeOrigin } from '../model/records.ts';
import { codeKey } from '../ports/keys.ts';
import type { Writer } from '../ports/view.ts';
import { retiredCodeId } from '../rules/guards.ts';

interface Coded {
  readonly id: string;
  readonly scope: string;
  readonly codeKey: string;
  readonly origin: CodeOrigin | null;
  readonly moved: boolean;
}

/** The fields that follow a changed code. The counter that made the old code did not make the new one. */
export function changeCode(
  kind: 'lot' | 'serial',
  before: Coded,
  code: string,
  writer: Writer,
): { readonly codeKey: string; readonly origin: CodeOrigin | null } {
  const key = codeKey(code);
  if (key === before.codeKey) return { codeKey: key, origin: before.origin };
  if (before.moved) {
    writer.put('retiredCodes', { id: retiredCodeId(kind, before.scope, before.codeKey), of: before.id });
  }
  const again = retiredCodeId(kind, before.scope, key);
  if (writer.get('retiredCodes', again)) writer.remove('retiredCodes', again);
  return { codeKey: key, origin: null };
}
