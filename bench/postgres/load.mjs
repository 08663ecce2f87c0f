/**
 * Fills a database with very many lots, quickly: the first block by the store's own commits, the others by COPY
 * of rows made from its pattern, with the indexes made afterwards, as they were.
 */
import postgres from 'postgres';
import { sql } from '../../.cache/bench/lotledger/adapters/stores/sql/index.js';
import { SCHEMA_VERSION, tables } from '../../.cache/bench/lotledger/core/adapter-kit.js';

const SCHEMA = 'lotledger';

/** Writes commits as they were made, without deciding anything anew. */
async function replay(driver, batches) {
  const store = await sql(driver).open(Object.values(tables), SCHEMA_VERSION);
  for (const batch of batches) {
    const outcome = await store.commit(batch);
    if (!outcome.done) throw new Error(`a commit was refused: ${JSON.stringify(outcome)}`);
  }
  const head = await store.read(async (snapshot) => snapshot.head);
  await store.close();
  return head;
}

/** Takes indexes and keys of the tables away; answers how to make them again. */
async function dropIndexes(client) {
  const constraints = await client`
    select conrelid::regclass::text as name, conname, pg_get_constraintdef(oid) as def from pg_constraint
    where connamespace = ${SCHEMA}::regnamespace and contype in ('p', 'u')`;
  const held = new Set(constraints.map(({ conname }) => conname));
  const indexes = await client`select indexname, indexdef from pg_indexes where schemaname = ${SCHEMA}`;
  const again = [];
  for (const { name, conname, def } of constraints) {
    await client.unsafe(`alter table ${name} drop constraint "${conname}"`);
    again.push(`alter table ${name} add constraint "${conname}" ${def}`);
  }
  for (const { indexname, indexdef } of indexes) {
    if (held.has(indexname)) continue;
    await client.unsafe(`drop index ${SCHEMA}."${indexname}"`);
    again.push(indexdef);
  }
  return again;
}

async function copyIn(client, into, pieces) {
  const stream = await client.unsafe(`copy ${into} from stdin`).writable();
  const written = new Promise((resolve, reject) => {
    stream.once('error', reject);
    stream.once('finish', resolve);
  });
  for (const piece of pieces) {
    if (!stream.write(piece)) await Promise.race([written, new Promise((r) => stream.once('drain', r))]);
  }
  stream.end();
  await written;
}

function* range(from, to) {
  for (let n = from; n < to; n++) yield n;
}

/**
 * @param {{ url: string, driver: object, template: object, blocks: number, say: (text: string) => void }} options
 *   `driver`: of the store, for the first block
 */
export async function load({ url, driver, template, blocks, say }) {
  let head = await replay(driver, template.begun);
  const client = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const again = await dropIndexes(client);
    function* rows(name) {
      for (const block of range(1, blocks)) yield* template.rows(name, block);
    }
    for (const [name, columns] of template.tables) {
      say(`rows of ${name}`);
      await copyIn(
        client,
        `${SCHEMA}."${name}" (${columns.map((one) => `"${one}"`).join(', ')})`,
        rows(name),
      );
    }
    say('the journal');
    function* groups() {
      for (const block of range(1, blocks)) {
        for (const group of template.journal(block, head)) {
          head = group.head;
          yield group.text;
        }
      }
    }
    await copyIn(client, `${SCHEMA}.lotledger_journal`, groups());
    await client`update ${client(SCHEMA)}.lotledger_head set seq = ${head.seq}, link = ${head.link}`;
    say(`${again.length} indexes`);
    await client`set maintenance_work_mem = '1GB'`;
    for (const statement of again) await client.unsafe(statement);
    say('statistics');
    await client.unsafe('vacuum analyze');
  } finally {
    await client.end();
  }
}
