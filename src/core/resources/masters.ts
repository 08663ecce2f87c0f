/** Master data and parties: the usual verbs. */
import type {
  BlockRuleInput,
  GradeInput,
  ItemInput,
  LetterTableInput,
  LotStatusInput,
  LotTypeInput,
  PartyInput,
  TemplateInput,
  TransitionInput,
  WarehouseInput,
} from '../model/inputs.ts';
import type {
  Grade,
  Item,
  ItemStock,
  LetterTable,
  LotStatus,
  LotType,
  Party,
  Template,
  Warehouse,
} from '../model/views.ts';
import type { ItemStockAt, PastQuery } from '../model/views-past.ts';
import type { BlockRule, Transition } from '../model/views-policies.ts';
import { templateKey } from '../ports/keys.ts';
import type { LedgerPort } from '../ports/ledger.ts';
import { ask, type CrudResource, crud, idOf, type MasterResource, master, refOf, send } from './resource.ts';
import { type Opening, opening } from './transforms.ts';

/** A template by its id, or by its warehouse and code. */
export type TemplateRef = string | { readonly warehouse: string; readonly code: string };
/** A party by its id, or by its kind and code. */
export type PartyReference = string | { readonly kind: string; readonly code: string };

/** An item by its code; one variant of it, or what has none (`null`), where `variant` is given. */
export type ItemRef = string | { readonly item: string; readonly variant?: string | null };

/** An item at a moment: of a day, as the journal knew it, or both. */
export type PastItemRef = { readonly item: string; readonly variant?: string | null } & PastQuery &
  ({ readonly asOf: string } | { readonly seq: number });

export interface Items extends MasterResource<Item, ItemInput>, Opening {
  /**
   * What lies of an item now: one row per place, variant and lot, with `lot: null` for what is in no lot.
   * @example await ledger.items.stock('SALT')
   * // [{ warehouse: 'MAIN', location: 'A-01', variant: null, lot: null, lotId: null, onHand: '5', … }]
   * @throws LedgerError `item.notFound`, `item.variantNotFound`
   */
  stock(ref: ItemRef): Promise<ItemStock[]>;
  /**
   * The same at the end of a day, or as the journal knew it at a `seq`.
   * @example await ledger.items.stock({ item: 'SALT', asOf: '2026-10-31' })
   */
  stock(ref: PastItemRef): Promise<ItemStockAt[]>;
}

/** Resources of master data; ids of all but templates and parties are codes, in any spelling. */
export interface MasterResources {
  readonly letterTables: MasterResource<LetterTable, LetterTableInput>;
  readonly items: Items;
  readonly warehouses: MasterResource<Warehouse, WarehouseInput>;
  readonly templates: MasterResource<Template, TemplateInput, TemplateRef>;
  readonly lotStatuses: MasterResource<LotStatus, LotStatusInput>;
  readonly lotTypes: MasterResource<LotType, LotTypeInput>;
  readonly grades: MasterResource<Grade, GradeInput>;
  /** What takes future receipts into quarantine (R51). */
  readonly blockRules: MasterResource<BlockRule, BlockRuleInput>;
  /** The steps of the workflow (R48); taken by `lots.transition` and `serials.transition`. */
  readonly transitions: MasterResource<Transition, TransitionInput>;
  readonly parties: CrudResource<Party, PartyInput, PartyReference>;
}

/** A template's id, by which its history is found. */
const templateId = (ref: TemplateRef): string =>
  typeof ref === 'string' ? ref : templateKey(ref.warehouse, ref.code);

function items(port: LedgerPort): Items {
  function stock(ref: ItemRef): Promise<ItemStock[]>;
  function stock(ref: PastItemRef): Promise<ItemStockAt[]>;
  function stock(ref: ItemRef | PastItemRef): Promise<ItemStock[] | ItemStockAt[]> {
    return ask<ItemStock[]>(port, 'items.stock', typeof ref === 'string' ? { item: ref } : ref);
  }
  return { ...master<Item, ItemInput>(port, 'items'), ...opening(port), stock };
}

/** Parties send their fields under `party`, so that a name leaves no trace in the journal (R135). */
function parties(port: LedgerPort): MasterResources['parties'] {
  const usual = crud<Party, PartyInput, PartyReference>(port, 'parties', refOf);
  return {
    ...usual,
    async create(party, options) {
      await send(port, 'parties.create@1', { party }, options);
      return usual.get({ kind: party.kind, code: party.code });
    },
    async update(ref, party, { version, ...options } = {}) {
      const id = await idOf(port, 'parties', ref);
      await send(
        port,
        'parties.update@1',
        version === undefined ? { id, party } : { id, party, version },
        options,
      );
      return usual.get(id);
    },
  };
}

export function masterResources(port: LedgerPort): MasterResources {
  return {
    letterTables: master(port, 'letterTables'),
    items: items(port),
    warehouses: master(port, 'warehouses'),
    templates: master(port, 'templates', refOf, templateId),
    lotStatuses: master(port, 'lotStatuses'),
    lotTypes: master(port, 'lotTypes'),
    grades: master(port, 'grades'),
    blockRules: master(port, 'blockRules'),
    transitions: master(port, 'transitions'),
    parties: parties(port),
  };
}
