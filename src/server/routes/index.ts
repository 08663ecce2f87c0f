/** The route table: every resource of the SDK, and the paths of the port. */
import { caseRoutes } from './cases.ts';
import { masterRoutes } from './masters.ts';
import { portRoutes } from './port.ts';
import { postingRoutes } from './postings.ts';
import type { Route } from './route.ts';
import { stockRoutes } from './stock.ts';

export type * from './route.ts';

/** Every route, in the order in which the description shows them. */
export const routes: readonly Route[] = [
  ...portRoutes,
  ...masterRoutes,
  ...stockRoutes,
  ...postingRoutes,
  ...caseRoutes,
];
