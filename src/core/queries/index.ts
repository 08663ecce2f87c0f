/** Every question of the ledger by name, and what each list offers. */
import type { CollectionName } from '../model/records.ts';
import type { QueryCapabilities } from '../ports/ledger.ts';
import type { QueryDefinition } from '../ports/view.ts';
import { allocateQuery } from './allocate.ts';
import { canQuery } from './can.ts';
import { codeTypeQueries } from './code-types.ts';
import { getQueries } from './get.ts';
import { itemStockQuery } from './item-stock.ts';
import { type ListSpec, listQuery, offered } from './lists/list.ts';
import * as masters from './lists/masters.ts';
import { postingList } from './lists/postings.ts';
import { lotList, serialList } from './lists/stock.ts';
import { previewQuery } from './preview.ts';
import { trailQueries } from './trail.ts';

const lists = [
  masters.codeTypeList,
  masters.letterTableList,
  masters.itemList,
  masters.warehouseList,
  masters.templateList,
  masters.lotStatusList,
  masters.lotTypeList,
  masters.gradeList,
  masters.partyList,
  lotList,
  serialList,
  postingList,
] as unknown as ListSpec<CollectionName, unknown>[];

/** Every query. */
export const queries: QueryDefinition[] = [
  ...(lists.map((spec) => listQuery(spec)) as unknown as QueryDefinition[]),
  ...getQueries,
  ...trailQueries,
  ...codeTypeQueries,
  ...([allocateQuery, itemStockQuery, previewQuery, canQuery] as unknown as QueryDefinition[]),
];

/** The sorts and filters of every list by its query's name; other queries are just there. */
export const listCapabilities: Readonly<Record<string, QueryCapabilities | true>> = Object.fromEntries([
  ...queries.map((query): [string, true] => [query.name, true]),
  ...lists.map((spec): [string, QueryCapabilities] => [spec.name, offered(spec)]),
]);
