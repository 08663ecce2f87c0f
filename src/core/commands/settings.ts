/** The settings of the whole ledger. */

import * as z from 'zod/mini';
import { defaultSettings, type SettingsInput, settingsInput } from '../model/inputs.ts';
import { read, whole } from '../model/schema.ts';
import { LedgerError } from '../ports/errors.ts';
import type { CommandDefinition } from '../ports/view.ts';
import { checkVersion, settingsOf } from '../reading/references.ts';
import { type Fields, fieldsOf, patched, patchOf, picked, same } from './shared/patch.ts';

interface UpdateSettings {
  readonly version?: number | undefined;
  readonly patch: Fields;
}

const envelope = z.strictObject({
  version: z.optional(whole(0, Number.MAX_SAFE_INTEGER)),
  patch: z.unknown(),
});
const patch = patchOf(settingsInput);
const names = fieldsOf(settingsInput);

/** `settings.update@1 {patch, version?}`: null sets a setting back to its default. */
const update: CommandDefinition<UpdateSettings> = {
  name: 'settings.update@1',
  parse(args) {
    const { version, patch: fields } = read(envelope, args);
    return { version, patch: read(patch, fields) as Fields };
  },
  decide(args, view) {
    const before = settingsOf(view);
    checkVersion(before, args.version);
    const old = picked(before, names);
    const settings = { ...defaultSettings, ...patched(old, args.patch) } as Required<SettingsInput>;
    if (settings.codeScope !== before.codeScope && before.hasCodes) {
      throw new LedgerError('settings.codeScopeFixed', { path: 'codeScope' });
    }
    const { openFrom, openTo } = settings;
    if (openFrom !== null && openTo !== null && openTo < openFrom) {
      throw new LedgerError('field.range', { path: 'openTo', details: { min: openFrom } });
    }
    return { facts: same(old, settings) ? [] : [{ kind: 'settings', settings }] };
  },
};

export const settingsCommands = [update] as unknown as CommandDefinition[];
