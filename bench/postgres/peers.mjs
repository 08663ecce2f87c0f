/**
 * What somebody would write by hand for the same lots: plain tables, an index for every order, keyset pages, one
 * function on the server for a posting, recursive SQL for a trace. No rules but "not below zero", no journal.
 */
export const LIMIT = 50;

/** Orders of the register, and the columns each of them sorts by; a lot's id comes last. */
export const orders = {
  code: ['code'],
  item: ['item', 'code'],
  expiryDate: ['expiry_date', 'code'],
  startDate: ['start_date', 'code'],
  createdAt: ['created_at'],
  updatedAt: ['updated_at'],
  status: ['status', 'code'],
  supplier: ['supplier', 'code'],
  supplierLot: ['supplier_lot', 'code'],
  onHand: ['on_hand'],
};

const columns = {
  id: 'text',
  item: 'text',
  code: 'text',
  status: 'text',
  supplier: 'text',
  supplier_lot: 'text',
  start_date: 'text',
  expiry_date: 'text',
  created_at: 'text',
  updated_at: 'text',
  on_hand: 'bigint',
  decimals: 'int',
  closed: 'boolean',
};
const camel = (name) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());
const names = Object.keys(columns);
const declared = names
  .map((name) => `${name} ${columns[name]}${columns[name] === 'text' ? ' collate "C"' : ''}`)
  .join(', ');
const read = names.map((name) => `"${camel(name)}" ${columns[name]}`).join(', ');
const selected = names.map((name) => `r."${camel(name)}"`).join(', ');

/** Plain tables of the same lots and balances, and functions that post. */
export const madeOf = (tenant) => `
create schema peer;
create table peer.lot (${declared});
insert into peer.lot select ${selected} from lotledger.lots, json_to_record(record::json) as r(${read})
  where tenant = '${tenant}';
alter table peer.lot add primary key (id), alter item set not null, alter code set not null;
create unique index on peer.lot (item, code);
${Object.values(orders)
  .map((keys) => `create index on peer.lot (${keys.join(', ')}, id);`)
  .join('\n')}
create index lot_search on peer.lot using gin ((lower(code || ' ' || coalesce(supplier_lot, '') || ' ' || item)) gin_trgm_ops);
create index lot_code on peer.lot using gin (lower(code) gin_trgm_ops);
create table peer.balance (lot text collate "C", warehouse text collate "C", on_hand bigint);
insert into peer.balance select r.lot, r.warehouse, r."onHand" from lotledger.balances,
  json_to_record(record::json) as r(lot text, warehouse text, "onHand" bigint) where tenant = '${tenant}';
alter table peer.balance add primary key (lot, warehouse);
create table peer.posting (id text collate "C" primary key, warehouse text, template text, date text, at timestamptz);
create table peer.movement (id bigint generated always as identity primary key, posting text collate "C",
  lot text collate "C", warehouse text collate "C", date text collate "C", quantity bigint);
create index on peer.movement (lot, date, id);
create index on peer.movement (posting);
${functions}
vacuum analyze;
`;

const functions = `
create function peer.post(command text, is_load boolean, in_warehouse text, of_item text, with_code text, on_date text,
  until text, much bigint) returns text language plpgsql as $$
declare found_lot text; left_over bigint;
begin
  insert into peer.posting values (command, in_warehouse, case when is_load then 'LOA' else 'UNL' end, on_date, now())
    on conflict do nothing;
  if not found then return 'before'; end if;
  if is_load then
    insert into peer.lot (id, item, code, start_date, expiry_date, created_at, updated_at, on_hand, decimals, closed)
      values (command, of_item, with_code, on_date, until, now()::text, now()::text, much, 0, false)
      on conflict (item, code) do update set on_hand = peer.lot.on_hand + much, updated_at = now()::text
      returning id into found_lot;
  else
    update peer.lot set on_hand = on_hand - much, updated_at = now()::text
      where item = of_item and code = with_code returning id into found_lot;
    if not found then raise exception 'no such lot'; end if;
    much := -much;
  end if;
  insert into peer.balance values (found_lot, in_warehouse, much)
    on conflict (lot, warehouse) do update set on_hand = peer.balance.on_hand + much returning on_hand into left_over;
  if left_over < 0 then raise exception 'below zero'; end if;
  insert into peer.movement (posting, lot, warehouse, date, quantity)
    values (command, found_lot, in_warehouse, on_date, much);
  return 'done';
end $$;`;

const shown = names.join(', ');

/** A page by key: from a lot on, or the first one. Lots that have nothing to sort by come last, and are not asked for. */
export function pageOf(pool, order, reverse) {
  const [first, ...rest] = [...orders[order], 'id'];
  const keys = [first, ...rest];
  const way = reverse ? ' desc' : '';
  const text = (after) =>
    `select ${shown} from peer.lot where ${first} is not null${
      after
        ? ` and (${keys.join(', ')}) ${reverse ? '<' : '>'} (${keys.map((_, i) => `$${i + 1}`).join(', ')})`
        : ''
    } order by ${keys.map((key) => key + way).join(', ')} limit ${LIMIT}`;
  const name = `peer_${order}_${reverse}`;
  return async (after) => {
    const values = after === undefined ? [] : keys.map((key) => after[key]);
    const query = { name: `${name}_${after !== undefined}`, text: text(after !== undefined), values };
    return (await pool.query(query)).rows;
  };
}

/** The same with the stock of each lot, as a register shows it: one statement more. */
export async function withStock(pool, lots) {
  const { rows } = await pool.query({
    name: 'peer_stock',
    text: 'select lot, warehouse, on_hand from peer.balance where lot = any($1)',
    values: [lots.map(({ id }) => id)],
  });
  const byLot = new Map();
  for (const row of rows) byLot.set(row.lot, [...(byLot.get(row.lot) ?? []), row]);
  return lots.map((lot) => ({ ...lot, stock: byLot.get(lot.id) ?? [] }));
}

let statements = 0;
/** Any other statement, prepared. */
export function asked(pool, text) {
  const query = { name: `peer_${++statements}`, text: text.replaceAll('$shown', shown) };
  return async (...values) => (await pool.query({ ...query, values })).rows;
}

/** The links of a genealogy, and both ways through it. */
export const treeOf = (tenant) => `
create table peer.edge (source text collate "C", target text collate "C", traced boolean, ended text);
insert into peer.edge select r."from", r."to", r.traced, r."endDate" from lotledger.edges,
  json_to_record(record::json) as r("from" text, "to" text, traced boolean, "endDate" text) where tenant = '${tenant}';
create index on peer.edge (source, target, traced, ended);
create index on peer.edge (target, source, traced, ended);
grant select on peer.edge to app;
vacuum analyze peer.edge;`;

export const reached = (from, to) => `
with recursive reached(lot, depth) as (
  select $1::text collate "C", 0
  union
  select edge.${to}, reached.depth + 1 from reached join peer.edge on edge.${from} = reached.lot
  where edge.traced and edge.ended is null
)
select lot, min(depth) as depth from reached group by lot order by depth`;
