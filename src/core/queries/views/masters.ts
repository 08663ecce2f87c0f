/** Master data as hosts read it: every field is there, with the value that counts when none was given. */
import { defaultSettings, type SettingsInput } from '../../model/inputs.ts';
import type {
  BlockRuleRecord,
  CodeTypeRecord,
  GradeRecord,
  ItemRecord,
  LetterTableRecord,
  LotStatusRecord,
  LotTypeRecord,
  PartyRecord,
  SettingsRecord,
  TemplateRecord,
  TransitionRecord,
  WarehouseRecord,
} from '../../model/records.ts';
import type {
  CodeType,
  Grade,
  Item,
  LetterTable,
  LotStatus,
  LotType,
  MasterView,
  Party,
  Settings,
  Template,
  Warehouse,
} from '../../model/views.ts';
import type { BlockRule, Transition } from '../../model/views-policies.ts';
import { isPlaceAvailable } from '../../rules/places.ts';
import { own } from './own.ts';

interface MasterRecord {
  readonly id: string;
  readonly edition: number;
  readonly used: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly code: string;
  readonly description?: string | null | undefined;
}

const coded = (record: MasterRecord): MasterView & { code: string; description: string | null } => ({
  id: record.id,
  version: record.edition,
  used: record.used,
  code: record.code,
  description: record.description ?? null,
  createdAt: record.createdAt,
  updatedAt: record.updatedAt,
});

const described = (list: readonly { code: string; description?: string | null | undefined }[] | undefined) =>
  (list ?? []).map(({ code, description }) => ({ code, description: description ?? null }));

export const codeTypeView = (record: CodeTypeRecord): CodeType => ({
  ...coded(record),
  kind: record.kind,
  parts: own(record.parts),
  root: own(record.root ?? []),
  firstNumber: record.firstNumber ?? 0,
  firstLetter: record.firstLetter ?? 'A',
  fillGaps: record.fillGaps ?? false,
});

export const letterTableView = (record: LetterTableRecord): LetterTable => ({
  ...coded(record),
  kind: record.kind,
  rows: own(record.rows),
  default: record.default ?? false,
});

export const itemView = (record: ItemRecord): Item => ({
  ...coded(record),
  unit: own(record.unit),
  alternativeUnits: own(record.alternativeUnits ?? []),
  class: record.class ?? null,
  category: record.category ?? null,
  type: record.type ?? null,
  characteristic: record.characteristic ?? null,
  variants: described(record.variants),
  components: (record.components ?? []).map((each) => ({
    ...each,
    alternatives: own(each.alternatives ?? []),
  })),
  attributes: own(record.attributes ?? {}),
  attributeSchema: own(record.attributeSchema ?? null),
  lots: own(record.lots ?? null),
  serials: own(record.serials ?? null),
  moved: record.moved,
});

export const warehouseView = (record: WarehouseRecord): Warehouse => ({
  ...coded(record),
  kind: record.kind ?? 'internal',
  locations: (record.locations ?? []).map((each) => ({
    code: each.code,
    description: each.description ?? null,
    singleLot: each.singleLot ?? false,
    quarantine: each.quarantine ?? false,
    available: isPlaceAvailable(each),
    intents: own(each.intents ?? {}),
  })),
});

export const templateView = (record: TemplateRecord): Template => ({
  ...coded(record),
  warehouse: record.warehouse,
  type: record.type,
  intent: record.intent ?? (record.type === 'unload' ? 'sale' : 'other'),
  tracksLots: record.tracksLots ?? false,
  tracksSerials: record.tracksSerials ?? false,
  generatesSerials: record.generatesSerials ?? false,
  allowTopUp: record.allowTopUp ?? false,
  createsLotFromLot: record.createsLotFromLot ?? false,
  allowUnavailable: record.allowUnavailable ?? false,
  traced: record.traced ?? true,
  requireDocument: record.requireDocument ?? false,
  requireParty: record.requireParty ?? false,
  explodeComponents: record.explodeComponents ?? false,
  allowAlternatives: record.allowAlternatives ?? false,
  mixAlternatives: record.mixAlternatives ?? false,
  allowZero: record.allowZero ?? false,
  counting: record.counting ?? false,
  defaultLocation: record.defaultLocation ?? null,
  counterpart: own(record.counterpart ?? null),
});

export const lotStatusView = (record: LotStatusRecord): LotStatus => ({
  ...coded(record),
  available: record.available ?? true,
  planning: record.planning ?? true,
  intents: own(record.intents ?? {}),
});

export const lotTypeView = (record: LotTypeRecord): LotType => coded(record);
export const gradeView = (record: GradeRecord): Grade => coded(record);

export const blockRuleView = (record: BlockRuleRecord): BlockRule => ({
  ...coded(record),
  item: record.item ?? null,
  codePattern: record.codePattern ?? null,
  supplier: record.supplier ?? null,
  supplierLot: record.supplierLot ?? null,
  from: record.from ?? null,
  to: record.to ?? null,
  status: record.status,
  active: record.active ?? true,
});

export const transitionView = (record: TransitionRecord): Transition => ({
  ...coded(record),
  kind: record.kind,
  from: own(record.from ?? null),
  ...(record.to === undefined ? {} : { to: record.to }),
  sellable: record.sellable ?? null,
  closed: record.closed ?? null,
  cancelled: record.cancelled ?? null,
});

export const partyView = ({ id, edition, kind, code, name, createdAt, updatedAt }: PartyRecord): Party => ({
  id,
  version: edition,
  kind,
  code,
  name,
  createdAt,
  updatedAt,
});

const settingNames = Object.keys(defaultSettings) as (keyof SettingsInput)[];

export const settingsView = (record: SettingsRecord): Settings => {
  const settings = Object.fromEntries(settingNames.map((name) => [name, record[name]]));
  return {
    ...(settings as Required<SettingsInput>),
    version: record.edition,
    codeScopeFixed: record.hasCodes,
  };
};
