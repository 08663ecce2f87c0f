/** A program of its own that takes milk out, piece by piece, and prints what was acknowledged. */
import { createInterface } from 'node:readline';
import client from 'pg';
import { pg } from '../../../src/adapters/stores/sql/drivers/pg.ts';
import { ledgerOn, milk, persist } from './postgres-world.ts';

/** @param args where the database is, the clerk's name, and how many pieces to take */
export async function main([connectionString, name, count]: readonly string[]): Promise<void> {
  const pool = new client.Pool({ connectionString: connectionString as string, max: 2 });
  const ledger = await ledgerOn(pg(pool));
  console.log('ready');
  for await (const _ of createInterface({ input: process.stdin })) break;
  for (let i = 0; i < Number(count); i++) {
    const id = `${name}-${i}`;
    const outcome = await persist(() => ledger.postings.post(milk('OUT', 1, 'A', id)));
    console.log('code' in outcome ? outcome.code : id);
  }
  await ledger.close();
  await pool.end();
}
