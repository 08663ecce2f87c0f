/** Templates: the kinds of posting of a warehouse. A misconfiguration is refused here, not when posting. */
import { type Intent, type TemplateInput, templateInput } from '../model/inputs.ts';
import type { TemplateRecord } from '../model/records.ts';
import { LedgerError } from '../ports/errors.ts';
import { templateKey, US } from '../ports/keys.ts';
import type { View } from '../ports/view.ts';
import { locationIn, named } from '../reading/references.ts';
import { templatesGuard } from '../rules/guards.ts';
import { masterCommandsOf } from './shared/master.ts';

/** What a template is for; without an intent an unload is a sale, the strictest (R127). */
const intentOf = ({ type, intent }: Pick<TemplateInput, 'type' | 'intent'>): Intent =>
  intent ?? (type === 'unload' ? 'sale' : 'other');

/** What may have an opposite side. */
const paired: ReadonlySet<Intent> = new Set(['transfer', 'production', 'count', 'other']);

function misfit(path: string, why: string, details: object = {}): LedgerError {
  return new LedgerError('template.counterpart', { path, details: { why, ...details } });
}

/** The counterpart as its owner writes it: of the opposite type, and for the same intent. */
function counterpartOf(input: TemplateInput, view: View): TemplateInput['counterpart'] {
  if (!input.counterpart) return undefined;
  const path = 'counterpart';
  const warehouse = named(view, 'warehouses', input.counterpart.warehouse, `${path}.warehouse`);
  const other = view.get('templates', templateKey(warehouse.code, input.counterpart.template));
  if (!other) {
    const details = { warehouse: warehouse.code, code: input.counterpart.template };
    throw new LedgerError('template.notFound', { path: `${path}.template`, details });
  }
  if (other.type === input.type) throw misfit(path, 'type', { type: other.type });
  const [intent, theirs] = [intentOf(input), intentOf(other)];
  if (!paired.has(intent)) throw misfit(path, 'intent', { intent });
  if (intent !== theirs) throw misfit(path, 'otherIntent', { intent: theirs });
  return { warehouse: other.warehouse, template: other.code };
}

/** Lots are made from lots by an unload that tracks lots and has a load on the other side (R90). */
function checkConvertible(input: TemplateInput): void {
  if (!input.createsLotFromLot) return;
  const why =
    input.type !== 'unload'
      ? 'type'
      : !input.tracksLots
        ? 'tracksLots'
        : !input.counterpart
          ? 'counterpart'
          : null;
  if (why !== null)
    throw new LedgerError('template.notConvertible', { path: 'createsLotFromLot', details: { why } });
}

/** A mark that works only with something else: refused, not ignored. */
function checkNeeds(input: TemplateInput, flag: keyof TemplateInput, needs: string, met: boolean): void {
  if (input[flag] && !met)
    throw new LedgerError('template.flagNeeds', { path: flag, details: { flag, needs } });
}

function checkFlags(input: TemplateInput): void {
  checkConvertible(input);
  const { type, explodeComponents, allowAlternatives } = input;
  if (explodeComponents && (type !== 'load' || intentOf(input) !== 'production' || !input.counterpart)) {
    throw misfit('explodeComponents', 'explode', { type, intent: intentOf(input) });
  }
  checkNeeds(input, 'allowAlternatives', 'explodeComponents', Boolean(explodeComponents));
  checkNeeds(input, 'mixAlternatives', 'allowAlternatives', Boolean(allowAlternatives));
  checkNeeds(input, 'counting', 'intent: count', intentOf(input) === 'count');
  if (!input.generatesSerials) return;
  if (!input.tracksSerials) throw new LedgerError('field.required', { path: 'tracksSerials' });
  if (type !== 'load')
    throw new LedgerError('template.wrongType', { path: 'generatesSerials', details: { type } });
}

/** A template that others name as their counterpart stays what they need: of its type, for its intent. */
function checkNamed(input: TemplateInput, before: TemplateRecord | undefined, view: View): void {
  if (!before?.used) return;
  if (before.type !== input.type) throw new LedgerError('template.inUse', { path: 'type' });
  if (intentOf(before) === intentOf(input)) return;
  // whoever names this one bumps the guard of its warehouse
  const all = view.range('templates', 'code', {}, templatesGuard(before.warehouse));
  const namedBy = all.find(
    ({ counterpart }) =>
      counterpart && templateKey(counterpart.warehouse, counterpart.template) === before.id,
  );
  if (namedBy) throw misfit('intent', 'named', { warehouse: namedBy.warehouse, template: namedBy.code });
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
    const warehouse = named(view, 'warehouses', input.warehouse, 'warehouse');
    checkNamed(input, before, view);
    const { defaultLocation: _, counterpart: __, ...rest } = input;
    const location = input.defaultLocation
      ? locationIn(warehouse, input.defaultLocation, 'defaultLocation')
      : undefined;
    const counterpart = counterpartOf(input, view);
    checkFlags(input);
    return {
      ...rest,
      warehouse: warehouse.code,
      ...(location === undefined ? {} : { defaultLocation: location }),
      ...(counterpart ? { counterpart } : {}),
    };
  },
});
