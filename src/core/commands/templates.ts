/** Templates: the kinds of posting of a warehouse. A misconfiguration is refused here, not when posting. */
import { type TemplateInput, templateInput } from '../model/inputs.ts';
import type { WarehouseRecord } from '../model/records.ts';
import { LedgerError } from '../ports/errors.ts';
import { codeKey, templateKey, US } from '../ports/keys.ts';
import { named } from '../reading/references.ts';
import { masterCommandsOf } from './shared/master.ts';

/** What templates have their fields for already, and postings do not do yet: refused, not ignored. */
const later = [
  'counterpart',
  'createsLotFromLot',
  'explodeComponents',
  'allowAlternatives',
  'mixAlternatives',
  'counting',
] as const satisfies readonly (keyof TemplateInput)[];

function checkOffered(input: TemplateInput): void {
  for (const field of later) {
    if (input[field]) throw new LedgerError('command.unsupported', { path: field, details: { what: field } });
  }
  if (!input.generatesSerials) return;
  if (!input.tracksSerials) throw new LedgerError('field.required', { path: 'tracksSerials' });
  if (input.type !== 'load') {
    throw new LedgerError('template.wrongType', { path: 'generatesSerials', details: { type: input.type } });
  }
}

function defaultLocationOf(input: TemplateInput, warehouse: WarehouseRecord): string | undefined {
  const { defaultLocation } = input;
  if (typeof defaultLocation !== 'string') return undefined;
  const key = codeKey(defaultLocation);
  const found = warehouse.locations?.find((each) => codeKey(each.code) === key);
  if (found) return found.code;
  throw new LedgerError('location.notFound', {
    path: 'defaultLocation',
    details: { warehouse: warehouse.code, location: defaultLocation },
  });
}

export const templateCommands = masterCommandsOf({
  table: 'templates',
  schema: templateInput,
  codes: { notFound: 'template.notFound', duplicate: 'template.duplicate', inUse: 'template.inUse' },
  identity: ['warehouse', 'code'],
  id: (input) => templateKey(input.warehouse, input.code),
  details(id) {
    const [warehouse = id, code = id] = id.split(US);
    return { warehouse, code };
  },
  check({ input, before, view }) {
    checkOffered(input);
    const warehouse = named(view, 'warehouses', input.warehouse, 'warehouse');
    if (before?.used && before.type !== input.type) throw new LedgerError('template.inUse', { path: 'type' });
    const { defaultLocation: _, ...rest } = input;
    const location = defaultLocationOf(input, warehouse);
    return {
      ...rest,
      warehouse: warehouse.code,
      ...(location === undefined ? {} : { defaultLocation: location }),
    };
  },
});
