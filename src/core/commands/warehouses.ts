/** Warehouses and their locations. What has had movements stays. */
import { warehouseInput } from '../model/inputs.ts';
import { LedgerError } from '../ports/errors.ts';
import { codeKey } from '../ports/keys.ts';
import { checkRepeated } from '../reading/references.ts';
import { templatesGuard } from '../rules/guards.ts';
import { masterCommandsOf } from './shared/master.ts';

export const warehouseCommands = masterCommandsOf({
  table: 'warehouses',
  schema: warehouseInput,
  codes: { notFound: 'warehouse.notFound', duplicate: 'warehouse.duplicate', inUse: 'warehouse.inUse' },
  check({ input, before }) {
    const locations = (input.locations ?? []).map((each) => each.code);
    checkRepeated(
      locations,
      (index) => `locations[${index}].code`,
      'location.duplicate',
      (location) => ({ location }),
    );
    if (!before) return input;
    const kept = new Set(locations.map(codeKey));
    const gone = before.usedLocations.find((key) => !kept.has(key));
    if (gone !== undefined) {
      const location = before.locations?.find((each) => codeKey(each.code) === gone)?.code ?? gone;
      throw new LedgerError('location.inUse', { path: 'locations', details: { location } });
    }
    // stock that lies in the warehouse as a whole could no longer be named once there are locations
    if (before.used && !before.locations?.length && locations.length > 0) {
      throw new LedgerError('warehouse.inUse', { path: 'locations', details: { code: before.code } });
    }
    return input;
  },
  isUsed(record, view) {
    const options = { prefix: [record.id], limit: 1 };
    return view.range('templates', 'byWarehouse', options, templatesGuard(record.code)).length > 0;
  },
});
