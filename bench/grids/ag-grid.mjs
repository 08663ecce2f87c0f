/** AG Grid Community, over rows it holds or, `infinite`, asking for blocks of them. Grouping is not in this edition. */
import { AllCommunityModule, createGrid, ModuleRegistry } from 'ag-grid-community';
import { allRows, columns, pageOf } from './rows.mjs';

ModuleRegistry.registerModules([AllCommunityModule]);

const columnDefs = columns.map(([field, headerName, width]) => ({ field, headerName, width, filter: true }));

const asked = (count) => ({
  rowCount: count,
  async getRows({ startRow, endRow, sortModel, successCallback }) {
    const reverse = sortModel[0]?.sort === 'desc';
    successCallback(await pageOf(count, { skip: startRow, limit: endRow - startRow, reverse }), count);
  },
});

/** @param {HTMLElement} host @param {number} count @param {{ infinite?: boolean }} [options] */
export async function open(host, count, { infinite = false } = {}) {
  host.style.height = '600px';
  const source = infinite
    ? {
        rowModelType: 'infinite',
        datasource: asked(count),
        cacheBlockSize: 100,
        infiniteInitialRowCount: count,
      }
    : { rowData: allRows(count) };
  const grid = await new Promise((resolve) => {
    const options = { columnDefs, ...source, onGridReady: ({ api }) => resolve(api) };
    createGrid(host, options);
  });
  return {
    scroller: () => host.querySelector('.ag-body-viewport, .ag-grid-viewport'),
    rows: () => host.querySelectorAll('.ag-center-cols-container [role="row"], .ag-row').length,
    shows: (code) => host.textContent.includes(code),
    sort: () => grid.applyColumnState({ state: [{ colId: 'code', sort: 'desc' }] }),
    ...(infinite
      ? {}
      : {
          filter: () =>
            grid.setFilterModel({ item: { filterType: 'text', type: 'equals', filter: 'ITEM-007' } }),
          unfilter: () => grid.setFilterModel(null),
        }),
    close: () => grid.destroy(),
  };
}
