/** The settings of the whole ledger. */

import * as z from 'zod/mini';
import { defaultSettings, type SettingsInput, settingsInput } from '../model/inputs.ts';
import { read, whole } from '../model/schema.ts';
import { LedgerError } from '../ports/errors.ts';
import type { CommandDefinition, DecideContext } from '../ports/view.ts';
import { checkVersion, settingsOf } from '../reading/references.ts';
import { mustBeAllowed, mustHaveReason } from './shared/attended.ts';
import { type Fields, fieldsOf, patched, patchOf, picked, same } from './shared/patch.ts';

type Settings = Required<SettingsInput>;

interface UpdateSettings {
  readonly version?: number | undefined;
  readonly patch: Fields;
}

const envelope = z.strictObject({
  version: z.optional(whole(0, Number.MAX_SAFE_INTEGER)),
  patch: z.unknown(),
});
const patch = patchOf(settingsInput);
const updateArgs = z.strictObject({ ...envelope.shape, patch });
const names = fieldsOf(settingsInput);

/**
 * A day closed for good is opened again only by whoever may, with a reason (`period.reopen`); a day that has
 * not come cannot be closed.
 */
function checkClosing(before: Settings, after: Settings, context: DecideContext): void {
  const path = 'closedThrough';
  const [was, is] = [before.closedThrough, after.closedThrough];
  if (was === is) return;
  if (is !== null && is > context.today) {
    throw new LedgerError('field.range', { path, details: { max: context.today } });
  }
  if (was === null || (is !== null && is > was)) return;
  mustBeAllowed(context, 'period.reopen', path);
  if (!context.force?.reason.trim()) mustHaveReason(context, path);
}

/** `settings.update@1 {patch, version?}`: null sets a setting back to its default. */
const update: CommandDefinition<UpdateSettings> = {
  name: 'settings.update@1',
  schema: updateArgs,
  parse(args) {
    const { version, patch: fields } = read(envelope, args);
    return { version, patch: read(patch, fields) as Fields };
  },
  decide(args, view, context) {
    const before = settingsOf(view);
    checkVersion(before, args.version);
    const old = picked(before, names);
    const settings = { ...defaultSettings, ...patched(old, args.patch) } as Settings;
    if (settings.codeScope !== before.codeScope && before.hasCodes) {
      throw new LedgerError('settings.codeScopeFixed', { path: 'codeScope' });
    }
    const { openFrom, openTo } = settings;
    if (openFrom !== null && openTo !== null && openTo < openFrom) {
      throw new LedgerError('field.range', { path: 'openTo', details: { min: openFrom } });
    }
    checkClosing(before, settings, context);
    return { facts: same(old, settings) ? [] : [{ kind: 'settings', settings }] };
  },
};

export const settingsCommands = [update] as unknown as CommandDefinition[];
