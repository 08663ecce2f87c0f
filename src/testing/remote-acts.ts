/** Which command or question a name on the list of what is forbidden means. */
import type { Act, Command } from '../core/index.ts';

type Patched = { readonly patch?: Readonly<Record<string, unknown>>; readonly transition?: unknown };

const patches =
  (field: string, value?: unknown) =>
  ({ name, args }: Command): boolean => {
    if (!/^(lots|serials)\.update@/.test(name)) return false;
    const { patch = {} } = (args ?? {}) as Patched;
    return field in patch && (value === undefined || patch[field] === value);
  };

const forces = ({ force }: Command): boolean => force !== undefined;

/** Permissions that are no command's name, and the commands that need them. */
const needing: Readonly<Record<string, (command: Command) => boolean>> = {
  'status.change': patches('status'),
  'lot.reopen': patches('closed', false),
  'expiry.edit': patches('expiryDate'),
  'recall.open': ({ name }) => name.startsWith('recalls.open@'),
  'recall.close': ({ name }) => /^recalls\.(close|free)@/.test(name),
  'expired.force': forces,
  'return.unverified': forces,
  'merge.laterExpiry': forces,
};

/** A name, with or without a version, or a whole resource: `lots.*`. */
const named = (name: string, forbidden: string): boolean =>
  name === forbidden ||
  name.split('@')[0] === forbidden ||
  (forbidden.endsWith('*') && name.startsWith(forbidden.slice(0, -1)));

/** The name on the list that stands against a command; undefined where none does. */
export const forbidsCommand = (list: readonly string[], command: Command): string | undefined =>
  list.find((forbidden) => {
    const { transition } = (command.args ?? {}) as Patched;
    const step = command.name.includes('.transition@') && forbidden === `transition.${String(transition)}`;
    return step || named(command.name, forbidden) || needing[forbidden]?.(command);
  });

/** The name on the list that stands against a question. */
export const forbidsQuery = (list: readonly string[], query: string): string | undefined =>
  list.find((forbidden) => named(query, forbidden));

/** The answer to "may the actor …?" with what is forbidden taken out. */
export const allowedActs = (list: readonly string[], acts: unknown, answer: unknown): unknown =>
  (answer as readonly boolean[]).map(
    (may, i) => may && !list.includes((acts as readonly Act[])[i]?.action ?? ''),
  );
