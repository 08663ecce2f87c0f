/** Tabulator over rows it holds: it has no way to ask a server for rows in the middle of a million. */
import 'tabulator-tables/dist/css/tabulator.min.css';
import { TabulatorFull } from 'tabulator-tables';
import { allRows, columns } from './rows.mjs';

/** @param {HTMLElement} host @param {number} count */
export async function open(host, count) {
  const rows = allRows(count);
  const table = new TabulatorFull(host, {
    data: rows,
    height: '600px',
    layout: 'fitColumns',
    columns: columns.map(([field, title, width]) => ({ field, title, width })),
  });
  await new Promise((resolve) => table.on('tableBuilt', resolve));
  return {
    scroller: () => host.querySelector('.tabulator-tableholder'),
    rows: () => host.querySelectorAll('.tabulator-row').length,
    shows: (code) => host.textContent.includes(code),
    sort: () => table.setSort('code', 'desc'),
    filter: () => table.setFilter('item', '=', 'ITEM-007'),
    unfilter: () => table.clearFilter(),
    group: () => table.setGroupBy('item'),
    grouped: () => host.querySelector('.tabulator-group') !== null,
    close: () => table.destroy(),
  };
}
