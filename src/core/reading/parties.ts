/**
 * Parties: the host's customers and suppliers. The journal knows kind and code alone; names live in a side
 * collection and can be erased there while the chain still verifies (R135).
 */
import type { Fact } from '../model/facts.ts';
import type { PartyRecord, PartyRef } from '../model/records.ts';
import { codeKey, US } from '../ports/keys.ts';
import type { Put } from '../ports/store.ts';
import type { View } from '../ports/view.ts';

/** Id of a party: its kind and the key of its code. */
export const partyId = (party: PartyRef): string => `${party.kind}${US}${codeKey(party.code)}`;

/** What becoming known writes: a fact without the name, and the side record with it. */
export interface PartyWrites {
  readonly facts: readonly Fact[];
  readonly side: readonly Put[];
}

/** Writes a party with a name: new, or as it is called now. */
export function saveParty(
  before: PartyRecord | undefined,
  party: PartyRef & { readonly name?: string | null | undefined },
  at: string,
): PartyWrites {
  const { kind, code } = party;
  const record: PartyRecord = {
    id: partyId(party),
    version: 0,
    edition: (before?.edition ?? 0) + 1,
    kind,
    code: before?.code ?? code,
    name: party.name ?? null,
    createdAt: before?.createdAt ?? at,
    updatedAt: at,
  };
  return {
    facts: [{ kind: 'party', party: { kind, code: record.code } }],
    side: [{ collection: 'parties', record }],
  };
}

/**
 * What a posting that names a party writes besides: nothing when it is known by this name already, or when
 * no name is given for a known one.
 */
export function partySeen(
  view: View,
  party: PartyRef & { readonly name?: string | null | undefined },
  at: string,
): PartyWrites {
  const before = view.get('parties', partyId(party));
  const named = party.name !== undefined && party.name !== null && party.name !== '';
  if (before && (!named || before.name === party.name)) return { facts: [], side: [] };
  return saveParty(before, party, at);
}
