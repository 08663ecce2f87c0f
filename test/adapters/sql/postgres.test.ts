/** The SQL store on a real PostgreSQL, held against the kit every store passes, with both clients. */
import { pg } from '../../../src/adapters/stores/sql/drivers/pg.ts';
import { postgresJs } from '../../../src/adapters/stores/sql/drivers/postgres-js.ts';
import {
  freshDatabase,
  ITALIAN,
  pgPool,
  postgresClient,
  postgresTests,
  proxyTo,
} from '../../postgres/index.ts';
import { kitOn } from './postgres-kit.ts';

postgresTests('the sql store', () => {
  kitOn(
    'sql on PostgreSQL through pg',
    async () => {
      const place = await freshDatabase();
      const { proxy: line, through } = await proxyTo(place);
      return { driver: pg(pgPool(through)), line, place };
    },
    { rounds: 8 },
  );

  // what a client could do differently: values, races, lines that die, the bell
  kitOn(
    'sql on PostgreSQL through postgres.js',
    async () => {
      const place = await freshDatabase();
      const { proxy: line, through } = await proxyTo(place);
      return { driver: postgresJs(postgresClient(through, { backoff: false })), line, place };
    },
    { sections: [1, 2, 5, 6, 7, 8, 9, 10, 11, 13], rounds: 6 },
  );

  // what the database's own order could change
  kitOn(
    'sql on PostgreSQL in another collation',
    async () => {
      const place = await freshDatabase(ITALIAN);
      const { proxy: line, through } = await proxyTo(place);
      return { driver: pg(pgPool(through)), line, place };
    },
    { sections: [1, 2, 3, 4], rounds: 8 },
  );
});
