/**
 * Parties by hand: known by kind and code, called by a name that can be erased (R135):
 * `parties.create@1 {party}`, `parties.update@1 {id, party: {name}, version?}`, `parties.remove@1 {id}`.
 */
import * as z from 'zod/mini';
import { type PartyInput, partyInput } from '../model/inputs.ts';
import type { PartyRecord } from '../model/records.ts';
import { maybe, read, text, whole } from '../model/schema.ts';
import { LedgerError } from '../ports/errors.ts';
import { US } from '../ports/keys.ts';
import type { CommandDefinition, View } from '../ports/view.ts';
import { partyId, saveParty } from '../reading/parties.ts';
import { checkVersion } from '../reading/references.ts';
import { readRemove, removeSchema } from './shared/master.ts';

// the name lies in `party`: what lies there does not go into the fingerprint, which the journal keeps
const createEnvelope = z.strictObject({ party: z.unknown() });
const updateEnvelope = z.strictObject({
  id: z.string(),
  version: z.optional(whole(0, Number.MAX_SAFE_INTEGER)),
  party: z.unknown(),
});
const partyPatch = z.strictObject({ name: maybe(text()) });

interface UpdateParty {
  readonly id: string;
  readonly version?: number | undefined;
  readonly name?: string | null | undefined;
}

function existing(view: View, id: string): PartyRecord {
  const record = view.get('parties', id);
  if (record) return record;
  throw new LedgerError('party.notFound', { details: { code: id.split(US)[1] ?? id } });
}

const create: CommandDefinition<PartyInput> = {
  name: 'parties.create@1',
  schema: z.strictObject({ party: partyInput }),
  parse: (args) => read(partyInput, read(createEnvelope, args).party),
  decide(party, view, context) {
    const before = view.get('parties', partyId(party));
    if (before) throw new LedgerError('party.duplicate', { path: 'code', details: { code: before.code } });
    return saveParty(undefined, party, context.at);
  },
};

const update: CommandDefinition<UpdateParty> = {
  name: 'parties.update@1',
  schema: z.strictObject({ ...updateEnvelope.shape, party: partyPatch }),
  parse(args) {
    const { id, version, party } = read(updateEnvelope, args);
    return { id, version, ...read(partyPatch, party) };
  },
  decide(args, view, context) {
    const before = existing(view, args.id);
    checkVersion(before, args.version);
    const { name } = args;
    if (name === undefined || name === before.name) return { facts: [] };
    return saveParty(before, { kind: before.kind, code: before.code, name }, context.at);
  },
};

const remove: CommandDefinition<ReturnType<typeof readRemove>> = {
  name: 'parties.remove@1',
  schema: removeSchema,
  parse: readRemove,
  decide(args, view) {
    const { kind, code, ...record } = existing(view, args.id);
    checkVersion(record, args.version);
    return {
      facts: [{ kind: 'party', party: { kind, code }, erased: true }],
      sideDeletes: [{ collection: 'parties', id: args.id }],
    };
  },
};

export const partyCommands = [create, update, remove] as unknown as CommandDefinition[];
