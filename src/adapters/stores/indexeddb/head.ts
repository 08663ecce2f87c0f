/** The first head of a new database, and the mark of the newest program that opened it. */
import { nanoid } from 'nanoid';
import { GENESIS } from '../../../core/adapter-kit.ts';
import type { Database, HeadRow } from './layout.ts';
import type { Mirror } from './mirror.ts';

/** Writes a head where there is none, raises its schema where it is older, and tells the mirror. */
export async function stampHead(database: Database, mirror: Mirror, schema: number): Promise<void> {
  const tx = database.transaction('meta', 'readwrite', { durability: 'strict' });
  const present = (await tx.store.get('head')) as HeadRow | undefined;
  let row = present ?? { commit: 0, seq: 0, link: GENESIS, schema, origin: nanoid() };
  if (row.schema < schema) row = { ...row, schema };
  if (row !== present) tx.store.put(row, 'head').catch(() => {});
  await tx.done;
  if (mirror.origin === '' && row.commit === 0) mirror.origin = row.origin;
  mirror.schema = row.schema;
}
