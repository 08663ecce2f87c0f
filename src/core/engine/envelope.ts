/**
 * Checks what arrives before anything is read from a store: the envelope, the depth and size of the
 * input, its fingerprint, and the command's own shape. What fails here leaves no receipt.
 */
import { limits, textProblem } from '../model/schema.ts';
import { LedgerError } from '../ports/errors.ts';
import type { Command, Principal } from '../ports/ledger.ts';
import { canonicalText, fingerprint } from '../rules/fingerprint.ts';
import type { ReadyCommand } from './decide.ts';
import type { Registry } from './registry.ts';

const PRINTABLE_ID = /^[\x21-\x7e]{1,64}$/;

function checkText(value: unknown, path: string, max: number): void {
  if (value === undefined || value === null) return;
  if (typeof value !== 'string')
    throw new LedgerError('field.type', { path, details: { expected: 'string' } });
  const problem = textProblem(value, max, true);
  if (problem) throw new LedgerError(problem, { path, details: { max } });
}

function checkEnvelope(command: Command, principal: Principal | undefined): void {
  if (typeof command.id !== 'string' || command.id === '')
    throw new LedgerError('field.required', { path: 'commandId' });
  if (!PRINTABLE_ID.test(command.id)) {
    const code = command.id.length > 64 ? 'field.tooLong' : 'field.characters';
    throw new LedgerError(code, { path: 'commandId', details: { max: 64 } });
  }
  checkText(principal?.actor ?? command.actor, 'actor', limits.description);
  checkText(command.reason, 'reason', limits.reason);
  checkText(command.source, 'source', limits.code);
  if (command.force !== undefined) checkText(command.force?.reason, 'force.reason', limits.reason);
}

/**
 * @param actor who acts where neither a principal nor the command says it
 * @throws LedgerError of kind invalid, limit or unsupported; nothing was written and the id is still free
 */
export function ready(
  command: Command,
  registry: Registry,
  actor: string,
  principal?: Principal,
): ReadyCommand {
  checkEnvelope(command, principal);
  const { name, id, source, reason, force } = command;
  const definition = registry.command(name);
  const asked = canonicalText(command.args, { depth: limits.depth, size: limits.size });
  const args = definition.parse(command.args);
  const print = fingerprint(`${name} ${asked}`);
  // the envelope is copied like the arguments: what was checked is what will be decided
  return {
    definition,
    args,
    print,
    id,
    name,
    actor: principal?.actor ?? command.actor ?? actor,
    ...(principal?.permissions === undefined ? {} : { permissions: [...principal.permissions] }),
    ...(source === undefined ? {} : { source }),
    ...(reason === undefined ? {} : { reason }),
    ...(force === undefined ? {} : { force: { reason: force.reason } }),
  };
}
