/** Every resource of a ledger, over any port: what `openLedger` hands out. */
import type { LedgerPort } from '../ports/ledger.ts';
import { type CodeTypes, codeTypes } from './code-types.ts';
import { type MasterResources, masterResources } from './masters.ts';
import { type Postings, postings } from './postings.ts';
import { ask } from './resource.ts';
import { type SettingsResource, settings } from './settings.ts';
import { type Lots, lots, type Serials, serials } from './stock.ts';

/** One act to ask for. */
export interface Act {
  readonly action: string;
  readonly field?: string;
  readonly id?: string;
}

export interface Resources extends MasterResources {
  readonly codeTypes: CodeTypes;
  readonly settings: SettingsResource;
  readonly postings: Postings;
  readonly lots: Lots;
  readonly serials: Serials;
  /**
   * Whether the actor may do these acts, in their order.
   * @example const [mayReopen] = await ledger.can([{ action: 'lot.reopen' }]);
   */
  can(acts: readonly Act[]): Promise<boolean[]>;
}

export type { CodePreview, CodeTypes } from './code-types.ts';
export type { ItemRef, Items, MasterResources, PartyReference, TemplateRef } from './masters.ts';
export type { PostingDraft, Postings, Reversal } from './postings.ts';
export type { ChangeOptions, CrudResource, Patch, UpdateOptions } from './resource.ts';
export type { SettingsResource } from './settings.ts';
export type {
  AllocationQuery,
  CodedRef,
  HistoryQuery,
  LotInput,
  LotPatch,
  Lots,
  MovementsQuery,
  SerialInput,
  SerialPatch,
  Serials,
} from './stock.ts';

/** The resources over a port. */
export const createResources = (port: LedgerPort): Resources => ({
  ...masterResources(port),
  codeTypes: codeTypes(port),
  settings: settings(port),
  postings: postings(port),
  lots: lots(port),
  serials: serials(port),
  can: (acts) => ask(port, 'ledger.can', acts),
});
