/** Master data and parties: the usual verbs. */
import type {
  GradeInput,
  ItemInput,
  LetterTableInput,
  LotStatusInput,
  LotTypeInput,
  PartyInput,
  TemplateInput,
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
import type { LedgerPort } from '../ports/ledger.ts';
import { ask, type CrudResource, crud, idOf, send } from './resource.ts';

/** A template by its id, or by its warehouse and code. */
export type TemplateRef = string | { readonly warehouse: string; readonly code: string };
/** A party by its id, or by its kind and code. */
export type PartyReference = string | { readonly kind: string; readonly code: string };

const refOf = (ref: string | object): unknown => (typeof ref === 'string' ? { id: ref } : ref);

/** An item by its code; one variant of it, or what has none (`null`), where `variant` is given. */
export type ItemRef = string | { readonly item: string; readonly variant?: string | null };

export interface Items extends CrudResource<Item, ItemInput> {
  /**
   * What lies of an item now: one row per place, variant and lot, with `lot: null` for what is in no lot.
   * @example await ledger.items.stock('SALT')
   * // [{ warehouse: 'MAIN', location: 'A-01', variant: null, lot: null, lotId: null, onHand: '5', … }]
   * @throws LedgerError `item.notFound`, `item.variantNotFound`
   */
  stock(ref: ItemRef): Promise<ItemStock[]>;
}

/** Resources of master data; ids of all but templates and parties are codes, in any spelling. */
export interface MasterResources {
  readonly letterTables: CrudResource<LetterTable, LetterTableInput>;
  readonly items: Items;
  readonly warehouses: CrudResource<Warehouse, WarehouseInput>;
  readonly templates: CrudResource<Template, TemplateInput, TemplateRef>;
  readonly lotStatuses: CrudResource<LotStatus, LotStatusInput>;
  readonly lotTypes: CrudResource<LotType, LotTypeInput>;
  readonly grades: CrudResource<Grade, GradeInput>;
  readonly parties: CrudResource<Party, PartyInput, PartyReference>;
}

const items = (port: LedgerPort): Items => ({
  ...crud<Item, ItemInput>(port, 'items'),
  stock: (ref) => ask(port, 'items.stock', typeof ref === 'string' ? { item: ref } : ref),
});

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
    letterTables: crud(port, 'letterTables'),
    items: items(port),
    warehouses: crud(port, 'warehouses'),
    templates: crud(port, 'templates', refOf),
    lotStatuses: crud(port, 'lotStatuses'),
    lotTypes: crud(port, 'lotTypes'),
    grades: crud(port, 'grades'),
    parties: parties(port),
  };
}
