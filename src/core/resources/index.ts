/** Every resource of a ledger, over any port: what `openLedger` hands out. */
import type { LedgerPort } from '../ports/ledger.ts';
import { type CodeTypes, codeTypes } from './code-types.ts';
import { type Counts, counts } from './counts.ts';
import { type Jobs, jobs } from './jobs.ts';
import { type MasterResources, masterResources } from './masters.ts';
import { type Alerts, alerts, type Inspections, inspections } from './policies.ts';
import { type Postings, postings } from './postings.ts';
import { type Recalls, recalls } from './recalls.ts';
import { type Reservations, reservations } from './reservations.ts';
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
  readonly counts: Counts;
  readonly lots: Lots;
  readonly serials: Serials;
  readonly recalls: Recalls;
  readonly reservations: Reservations;
  readonly inspections: Inspections;
  readonly alerts: Alerts;
  readonly jobs: Jobs;
  /**
   * Whether the actor may do these acts, in their order.
   * @example const [mayReopen] = await ledger.can([{ action: 'lot.reopen' }]);
   */
  can(acts: readonly Act[]): Promise<boolean[]>;
}

export type { CodePreview, CodeTypes } from './code-types.ts';
export type { CountDraft, Counts, SheetQuery } from './counts.ts';
export type { JobInput, JobResultsQuery, JobRun, Jobs } from './jobs.ts';
export type { ItemRef, Items, MasterResources, PartyReference, PastItemRef, TemplateRef } from './masters.ts';
export type {
  AlertQuery,
  AlertRef,
  Alerts,
  InspectionInput,
  InspectionNotes,
  Inspections,
} from './policies.ts';
export type { Correction, DocumentLink, PostingDraft, Postings, Reversal } from './postings.ts';
export type { RecallClosing, RecallDraft, RecallNotice, RecallRecovery, Recalls } from './recalls.ts';
export type {
  Alteration,
  ReservationDraft,
  ReservationLine,
  ReservationMove,
  ReservationRelease,
  Reservations,
  ReservedFor,
  Substitution,
} from './reservations.ts';
export type {
  ChangeOptions,
  CrudResource,
  Historied,
  HistoryQuery,
  MasterResource,
  Patch,
  UpdateOptions,
  Valued,
} from './resource.ts';
export type { SettingsResource } from './settings.ts';
export type {
  AllocationQuery,
  CodedRef,
  LotAllocationQuery,
  LotInput,
  LotPatch,
  Lots,
  MovementsQuery,
  SerialAllocationQuery,
  SerialInput,
  SerialPatch,
  Serials,
} from './stock.ts';
export type { Summarised } from './summaries.ts';
export type { Assembled, Balanced, InstallInput, LineageQuery, Traceable, TraceQuery } from './traces.ts';
export type {
  ConvertDraft,
  MergeDraft,
  Opening,
  OpeningDraft,
  SplitDraft,
  Transforms,
} from './transforms.ts';

/** The resources over a port. */
export const createResources = (port: LedgerPort): Resources => ({
  ...masterResources(port),
  codeTypes: codeTypes(port),
  settings: settings(port),
  postings: postings(port),
  counts: counts(port),
  lots: lots(port),
  reservations: reservations(port),
  serials: serials(port),
  recalls: recalls(port),
  inspections: inspections(port),
  alerts: alerts(port),
  jobs: jobs(port),
  can: (acts) => ask(port, 'ledger.can', acts),
});
