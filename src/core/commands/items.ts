/**
 * Items and how they are tracked. What would fail at the first posting is refused here (R101), and
 * tracking changes only while no stock would be left behind (R21–R23).
 */
import { type ItemInput, itemInput } from '../model/inputs.ts';
import { quantityProblem } from '../model/schema.ts';
import { LedgerError } from '../ports/errors.ts';
import type { View } from '../ports/view.ts';
import { checkRepeated, codeOf, named } from '../reading/references.ts';
import { checkAttributeSchema } from '../rules/attributes.ts';
import { hasCounter } from '../rules/codes.ts';
import { checkItemChange } from './shared/item-changes.ts';
import { masterCommandsOf } from './shared/master.ts';

function codeTypeOf(
  view: View,
  kind: 'lot' | 'serial',
  code: string,
  path: string,
  automatic: boolean,
): string {
  const type = named(view, 'codeTypes', code, path);
  if (type.kind !== kind) {
    throw new LedgerError('codeType.wrongKind', { path, details: { code: type.code, kind } });
  }
  if (automatic && !hasCounter(type)) {
    throw new LedgerError('codeType.counter', { path, details: { code: type.code } });
  }
  return type.code;
}

/** How lots are managed, with references written as their owners write them. */
export function checkedLots(input: ItemInput, view: View): ItemInput['lots'] {
  const { lots } = input;
  if (!lots) return undefined;
  const initialStatus = codeOf(view, 'lotStatuses', lots.initialStatus, 'lots.initialStatus');
  const codeType = lots.codeType ? codeTypeOf(view, 'lot', lots.codeType, 'lots.codeType', true) : undefined;
  return { ...lots, ...(initialStatus ? { initialStatus } : {}), ...(codeType ? { codeType } : {}) };
}

function serialsOf(input: ItemInput, view: View): ItemInput['serials'] {
  const { serials } = input;
  if (!serials) return undefined;
  const automatic = serials.generation === 'automatic';
  if (!serials.codeType) {
    if (automatic) throw new LedgerError('field.required', { path: 'serials.codeType' });
    return serials;
  }
  return {
    ...serials,
    codeType: codeTypeOf(view, 'serial', serials.codeType, 'serials.codeType', automatic),
  };
}

function componentsOf(input: ItemInput, view: View): ItemInput['components'] {
  return input.components?.map((component, i) => {
    const path = `components[${i}]`;
    const problem = quantityProblem(component.quantity);
    if (problem) throw new LedgerError(problem, { path: `${path}.quantity` });
    const item = named(view, 'items', component.item, `${path}.item`).code;
    const alternatives = component.alternatives?.map(
      (code, n) => named(view, 'items', code, `${path}.alternatives[${n}]`).code,
    );
    return { ...component, item, ...(alternatives ? { alternatives } : {}) };
  });
}

/** The input without a field, or with it where it has a value. */
const withField = <K extends keyof ItemInput>(input: ItemInput, field: K, value: ItemInput[K]): ItemInput =>
  value === undefined || value === null ? input : { ...input, [field]: value };

export const itemCommands = masterCommandsOf({
  table: 'items',
  schema: itemInput,
  codes: { notFound: 'item.notFound', duplicate: 'item.duplicate', inUse: 'item.inUse' },
  check({ input, before, view }) {
    const units = [input.unit.code, ...(input.alternativeUnits ?? []).map((each) => each.code)];
    checkRepeated(units, (index) => `alternativeUnits[${index - 1}].code`);
    checkRepeated(
      (input.variants ?? []).map((each) => each.code),
      (index) => `variants[${index}].code`,
    );
    checkAttributeSchema(input.attributeSchema ?? []);
    let item = withField(input, 'lots', checkedLots(input, view));
    item = withField(item, 'serials', serialsOf(input, view));
    item = withField(item, 'components', componentsOf(input, view));
    if (before) checkItemChange(before, item, view);
    return item;
  },
  isUsed: (record) => record.moved,
});
