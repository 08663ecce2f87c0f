/** The Edit tab of a lot: its fields, a reason where one is wanted, and what somebody else saved meanwhile. */
import { html, nothing, type TemplateResult } from 'lit';
import type { HistoryEntry } from '../../core/index.ts';
import type { LotField } from '../controllers/lot-form-draft.ts';
import type { Difference, LotEditController } from '../controllers/lot-view-edit.ts';
import type { Problem } from '../core.ts';
import { labelText } from '../extensions/resolve.ts';
import { areaField, banner, button, type Combobox, dash } from '../primitives/index.ts';
import { lotFieldsTemplate } from './lot-form-fields.ts';
import { busyButton, errorSummary } from './lot-form-parts.ts';
import type { LotParts } from './lot-view-parts.ts';

export interface EditParts extends LotParts {
  readonly edit: LotEditController;
  /** Fields that roles lock or hide, by key. */
  readonly locked: ReadonlyMap<string, string | false>;
  /** Why nothing may be changed, where that is so. */
  readonly mayNot: string | undefined;
  readonly supplier: Combobox;
  readonly shown: boolean;
  readonly toggle: () => void;
  readonly save: () => void;
  readonly jump: (path: string) => void;
  readonly say: (problem: Problem) => string;
}

/** The name of a field. */
function nameOf(key: string, { fields, format }: EditParts): string {
  const field = fields.find((each) => each.key === key);
  return field === undefined ? format.word('word', key) : labelText(field.label, format);
}

function cellOf(text: string, key: string, { fields, format }: EditParts): unknown {
  if (text === '') return dash;
  if (fields.find((field) => field.key === key)?.type === 'flag')
    return format.text(text === 'true' ? 'word.yes' : 'word.no');
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? format.date(text) : html`<bdi>${text}</bdi>`;
}

function differenceTable(differences: readonly Difference[], parts: EditParts): TemplateResult {
  const { format } = parts;
  const t = format.text.bind(format);
  return html`<div class="wide" tabindex="0" role="region" aria-label=${t('lotView.difference')}><table id="difference">
    <thead><tr><th scope="col">${t('lotView.field')}</th><th scope="col">${t('lotView.before')}</th>
      <th scope="col">${t('lotView.yours')}</th><th scope="col">${t('lotView.theirs')}</th></tr></thead>
    <tbody>${differences.map(
      ({
        field,
        before,
        yours,
        theirs,
      }) => html`<tr data-field=${field}><th scope="row">${nameOf(field, parts)}</th>
        <td class="muted">${cellOf(before, field, parts)}</td>
        <td class=${yours === before ? '' : 'strong'}>${cellOf(yours, field, parts)}</td>
        <td class=${theirs === before ? '' : 'strong'}>${cellOf(theirs, field, parts)}</td></tr>`,
    )}</tbody></table></div>`;
}

/** Who changed it last, as far as the history tells. */
function lastChange(history: readonly HistoryEntry[], updatedAt: string): { who: string | null; at: string } {
  const [newest] = history;
  return newest && newest.at === updatedAt
    ? { who: newest.actor, at: newest.at }
    : { who: null, at: updatedAt };
}

/** The banner when somebody else saved the lot while it was being edited. */
export function conflictBanner(parts: EditParts): TemplateResult | typeof nothing {
  const { edit, format, view } = parts;
  const { conflict } = edit;
  if (conflict === undefined) return nothing;
  const t = format.text.bind(format);
  const { who, at } = lastChange(view.history, conflict.updatedAt);
  const actions = html`${button({
    label: t(parts.shown ? 'lotView.hideDifference' : 'lotView.difference'),
    action: 'difference',
    press: parts.toggle,
  })}${button({ label: t('action.reload'), action: 'reload', press: () => edit.discard() })}`;
  const differences = parts.shown
    ? html`${differenceTable(edit.differences(), parts)}<div class="acts">${button({
        label: t('lotView.keepMine'),
        action: 'keep-mine',
        press: () => edit.keepMine(),
      })}</div>`
    : nothing;
  return html`${banner({
    severity: 'warn',
    icon: 'refresh',
    title: t('lotView.changed', { who, when: format.time(at) }),
    text: t('lotView.changedText'),
    actions,
  })}${differences}`;
}

function helpOf({ lot, view, format, edit }: EditParts): Partial<Record<LotField, string>> {
  const help: Partial<Record<LotField, string>> = {};
  if (lot.supplierName && edit.draft?.texts.supplier === lot.supplier) help.supplier = lot.supplierName;
  if (lot.codeLocked) help.code = format.text('lotView.codeLocked');
  if (view.item?.lots?.expiryEditable === false) help.expiryDate = format.text('lotView.expiryFixed');
  if (view.workflowOnly) help.status = format.problem('workflow.required');
  return help;
}

/** Fields that are not changed by hand. */
const fixedOf = ({ lot, view }: LotParts): ReadonlySet<LotField> =>
  new Set<LotField>([
    ...(lot.codeLocked ? (['code'] as const) : []),
    ...(view.workflowOnly ? (['status', 'sellable'] as const) : []),
  ]);

function notices(parts: EditParts): unknown {
  const { edit, format } = parts;
  const lines = edit.errors.map((error) => ({ ...error, label: nameOf(error.path, parts) }));
  const summary = errorSummary(lines, format.text('field.errors', { n: lines.length }), parts.jump);
  if (edit.problem === undefined) return summary;
  const text = parts.say(edit.problem);
  return html`${summary}${banner({ severity: 'danger', title: format.text('lotView.notSaved'), text })}`;
}

/** The Edit tab. */
export function editTab(parts: EditParts): TemplateResult {
  const { edit, format, view } = parts;
  const t = format.text.bind(format);
  if (edit.draft === undefined) return html``;
  const errors = new Map(edit.errors.map(({ path, sentence }) => [path, sentence]));
  const fields = lotFieldsTemplate({
    draft: edit.draft,
    set: (name, value) => edit.set(name, value),
    format,
    today: view.today,
    fields: parts.fields,
    extras: edit.extras,
    setExtra: (key, text) => edit.setExtra(key, text),
    locked: parts.locked,
    supplier: parts.supplier,
    errors,
    required: new Set(['code']),
    fixed: fixedOf(parts),
    placeholders: {},
    help: helpOf(parts),
    noStatus: t('badge.released'),
  });
  const reason = edit.wantsReason
    ? html`<div class="group"><div class="form">${areaField({
        id: 'f-reason',
        field: 'reason',
        label: t('word.reason'),
        help: t('lotView.reasonHelp'),
        error: errors.get('reason'),
        value: edit.reason,
        rows: 2,
        look: 'w6',
        input: (value) => edit.setReason(value),
      })}</div></div>`
    : nothing;
  const said =
    edit.done === undefined ? '' : t(edit.done === 'saved' ? 'lotView.saved' : 'lotView.nothingToSave');
  const why = parts.mayNot;
  if (why !== undefined) return html`${banner({ severity: 'notice', icon: 'lock', title: why })}${fields}`;
  return html`${notices(parts)}${fields}${reason}<div class="acts">${busyButton({
    label: t('action.save'),
    working: t('action.saving'),
    busy: edit.busy,
    primary: true,
    key: 'Ctrl S',
    action: 'save',
    press: parts.save,
  })}${
    edit.dirty
      ? button({
          label: t('lotView.discard'),
          look: 'quiet',
          action: 'discard',
          press: () => edit.discard(),
        })
      : nothing
  }<span class="help" data-field="said">${said}</span></div>`;
}
