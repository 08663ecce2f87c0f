/** Every question of the ledger by name, and what each list offers. */
import type { CollectionName } from '../model/records.ts';
import type { QueryCapabilities } from '../ports/ledger.ts';
import type { QueryDefinition } from '../ports/view.ts';
import { alertQueries } from './alerts.ts';
import { allocateQuery } from './allocate.ts';
import { allocateSerialsQuery } from './allocate-serials.ts';
import { canQuery } from './can.ts';
import { codeTypeQueries } from './code-types.ts';
import { sheetQuery } from './count-sheet.ts';
import { countList, countQueries } from './counts.ts';
import { getQueries } from './get.ts';
import { historyQueries } from './history.ts';
import { itemStockQuery } from './item-stock.ts';
import { jobList, jobQueries } from './jobs.ts';
import { getInspection, inspectionList } from './lists/inspections.ts';
import { listQuery } from './lists/list.ts';
import * as masters from './lists/masters.ts';
import { postingList } from './lists/postings.ts';
import { type ListSpec, offered } from './lists/spec.ts';
import { lotList, serialList } from './lists/stock.ts';
import { summaryQuery } from './lists/summary.ts';
import { valuesQuery } from './lists/values.ts';
import { pastQueries } from './past/at.ts';
import { previewQuery } from './preview.ts';
import { recallList, recallQueries } from './recalls.ts';
import { getReservation, reservationList } from './reservations.ts';
import { traceQueries } from './trace/index.ts';
import { trailQueries } from './trail.ts';
import { transformPreviewQuery } from './transforms.ts';

/** Every list. */
export const lists = [
  masters.codeTypeList,
  masters.letterTableList,
  masters.itemList,
  masters.warehouseList,
  masters.templateList,
  masters.lotStatusList,
  masters.lotTypeList,
  masters.gradeList,
  masters.partyList,
  masters.blockRuleList,
  masters.transitionList,
  lotList,
  serialList,
  postingList,
  inspectionList,
  countList,
  jobList,
  reservationList,
  recallList,
] as unknown as ListSpec<CollectionName, unknown>[];

/** Every query. */
export const queries: QueryDefinition[] = [
  ...(lists.map((spec) => listQuery(spec)) as unknown as QueryDefinition[]),
  ...(lists.map((spec) => valuesQuery(spec)) as unknown as QueryDefinition[]),
  ...(lists.filter(({ groups }) => groups).map((spec) => summaryQuery(spec)) as unknown as QueryDefinition[]),
  ...getQueries,
  ...trailQueries,
  ...historyQueries,
  ...pastQueries,
  ...jobQueries,
  ...codeTypeQueries,
  ...countQueries,
  ...alertQueries,
  ...traceQueries,
  ...recallQueries,
  ...([
    sheetQuery,
    getReservation,
    getInspection,
    allocateQuery,
    allocateSerialsQuery,
    itemStockQuery,
    previewQuery,
    transformPreviewQuery,
    canQuery,
  ] as unknown as QueryDefinition[]),
];

/** The sorts and filters of every list by its query's name; other queries are just there. */
export const listCapabilities: Readonly<Record<string, QueryCapabilities | true>> = Object.fromEntries([
  ...queries.map((query): [string, true] => [query.name, true]),
  ...lists.map((spec): [string, QueryCapabilities] => [spec.name, offered(spec)]),
]);
