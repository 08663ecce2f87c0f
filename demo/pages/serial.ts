/** One serial, drawn by the portal itself over the ledger's resources: a host may have pages of its own. */
import { isLedgerError, type Serial } from 'lotledger';
import type { App, PageMaker, PageView } from '../portal/app.ts';
import { h } from '../portal/dom.ts';
import { addressOf } from '../portal/router.ts';
import { facts, panel, table } from './parts.ts';

type Movement = Awaited<ReturnType<App['ledger']['serials']['movements']>>['items'][number];

export const serialPage: PageMaker = async (app, { id = '' }) => {
  try {
    const [serial, movements] = await Promise.all([
      app.ledger.serials.get(id),
      app.ledger.serials.movements(id, { limit: 100 }),
    ]);
    return serialView(app, serial, movements.items);
  } catch (error) {
    return absent(app, error, app.speech.words.titles.serial);
  }
};

/** A record that this store does not have, or that cannot be read. */
export function absent(app: App, error: unknown, title: string): PageView {
  const missing = isLedgerError(error) && error.kind === 'missing';
  const text = missing ? app.speech.words.notFound : app.speech.problem(error);
  return { title, body: h('div', { class: 'panel padded' }, h('p', {}, text)) };
}

function serialView(app: App, serial: Serial, movements: readonly Movement[]): PageView {
  const { words, date } = app.speech;
  const { record } = words;
  const code = (text: string | null) => (text ? h('bdi', { class: 'code' }, text) : words.none);
  const place = serial.warehouse
    ? h('bdi', {}, [serial.warehouse, serial.location].filter(Boolean).join(' · '))
    : record.notInStock;
  const lot =
    serial.lotId === null
      ? words.none
      : h('a', { class: 'code', href: addressOf('lot', serial.lotId) }, serial.lot);
  const about = facts([
    [record.item, [h('b', {}, serial.item), ' ', serial.itemDescription]],
    [record.lot, lot],
    [record.place, place],
    [record.holder, serial.holder ? (serial.holder.name ?? serial.holder.code) : words.none],
    [record.status, serial.status ?? words.none],
    [record.startDate, date(serial.startDate)],
    [record.expiryDate, date(serial.expiryDate)],
    [record.vendorSerial, code(serial.supplierSerial)],
    [record.customerSerial, code(serial.customerSerial)],
    [record.supplier, serial.supplier ?? words.none],
  ]);
  const moved = table<Movement>(
    record.movements,
    [
      { head: record.date, cell: (row) => date(row.date) },
      { head: record.kind, cell: (row) => (row.direction === 'load' ? record.load : record.unload) },
      {
        head: record.number,
        code: true,
        cell: (row) => h('a', { href: addressOf('posting', row.posting) }, row.numberText),
      },
      { head: record.place, cell: (row) => [row.warehouse, row.location].filter(Boolean).join(' · ') },
      { head: record.party, cell: (row) => row.party?.name ?? row.party?.code ?? words.none },
      { head: record.document, code: true, cell: (row) => row.document?.number ?? words.none },
      { head: record.by, cell: (row) => row.actor },
    ],
    movements,
  );
  const body = h(
    'div',
    { class: 'stack' },
    h('div', { class: 'panel padded' }, about),
    panel(record.movements, {}, movements.length === 0 ? h('p', {}, record.noMovements) : moved),
  );
  const parent = { text: words.nav.serials, address: '#/serials' };
  return { title: `${words.titles.serial} ${serial.code}`, parent, body };
}
