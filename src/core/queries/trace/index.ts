/** Every question about where something came from and went to. */
import type { QueryDefinition } from '../../ports/view.ts';
import { assemblyQueries } from './assembly.ts';
import { balanceQuery, lineageOf } from './balance.ts';
import { traceOf } from './trace.ts';

export const traceQueries = [
  traceOf('lots'),
  traceOf('serials'),
  lineageOf('lots'),
  lineageOf('serials'),
  balanceQuery,
  ...assemblyQueries,
] as unknown as QueryDefinition[];
