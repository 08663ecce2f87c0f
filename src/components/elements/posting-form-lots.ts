/** The panel of the current line's lots: how they are given, how many are missing, and the lots themselves. */
import { html, nothing, type TemplateResult } from 'lit';
import { signOf } from '../controllers/lot-view-amounts.ts';
import { type LineDraft, offersAutoLots } from '../controllers/posting-form-draft.ts';
import type { LineStatus } from '../controllers/posting-form-status.ts';
import type { MessageKey } from '../i18n/catalogue.ts';
import { button, type Combobox, type Dialog } from '../primitives/index.ts';
import { addRow, askForLots, automaticLot, giveTable } from './posting-form-give.ts';
import {
  amountOf,
  meterLine,
  numberOf,
  type PostingParts,
  shownQuantity,
  unitOf,
  waysField,
} from './posting-form-parts.ts';
import { allocateRest, takeTable } from './posting-form-take.ts';

export interface LotsPanel {
  readonly other: Combobox;
  readonly dialog: Dialog;
  readonly proposeRest: (line: LineDraft) => void;
}

function ways(line: LineDraft, parts: PostingParts): unknown {
  const { form, format } = parts;
  const { template } = form;
  if (template === undefined || !offersAutoLots(line.item, template)) return nothing;
  return waysField({
    name: 'lots',
    label: format.text('postingForm.howLots'),
    value: line.lotsMode,
    ways: [
      ['auto', format.text('postingForm.automatic')],
      ['rows', format.text('postingForm.byHand')],
    ],
    choose: (value) => {
      if (value === 'auto') form.patchLine(line.key, { lotsMode: 'auto', rows: [] });
      else if (form.load) addRow(line, parts);
      else {
        form.patchLine(line.key, { lotsMode: 'rows', rows: [] });
        const now = form.line;
        if (now !== undefined) allocateRest(now, form.status(now), parts);
      }
    },
  });
}

function actions(line: LineDraft, status: LineStatus, parts: PostingParts, panel: LotsPanel): unknown {
  const { form, format } = parts;
  if (parts.readonly || line.lotsMode === 'auto') return nothing;
  const rest = status.lotMeter !== undefined && signOf(status.lotMeter.remaining) > 0;
  const act = (label: MessageKey, action: string, press: () => void, disabled = false) =>
    button({ label: format.text(label), action, press: () => !disabled && press(), disabled });
  if (!form.load) {
    return act('postingForm.allocateRest', 'allocate-rest', () => allocateRest(line, status, parts), !rest);
  }
  return [
    act('postingForm.addLot', 'add-lot', () => addRow(line, parts)),
    act('postingForm.pasteLots', 'paste-lots', () => askForLots(line, parts, panel.dialog)),
    act('postingForm.proposeRest', 'propose-rest', () => panel.proposeRest(line), !rest),
  ];
}

function counts(line: LineDraft, { form, format }: PostingParts): unknown {
  const allocation = form.questions.allocations.get(line.key);
  if (form.load || allocation === undefined) return nothing;
  const taken =
    line.lotsMode === 'auto'
      ? allocation.candidates.filter((each) => each.taken !== null).length
      : line.rows.length;
  const skipped = Math.max(0, allocation.candidates.length - taken);
  return html`<span class="muted">${format.text('postingForm.takenSkipped', { taken, skipped })}</span>`;
}

/** Lots of the current line. */
export function lotsPanel(
  line: LineDraft,
  status: LineStatus,
  parts: PostingParts,
  panel: LotsPanel,
): TemplateResult {
  const { form, format } = parts;
  const t = format.text.bind(format);
  const asked = status.quantity.ok ? `${amountOf(status.quantity.value, line, format)} ${unitOf(line)}` : '';
  const order = form.load ? '' : t(`postingForm.${line.item.lots?.withdrawal ?? 'fefo'}` as MessageKey);
  const about = [line.item.code, asked, order].filter((text) => text !== '').join(', ');
  const meter = status.lotMeter;
  const body = form.load
    ? line.lotsMode === 'auto'
      ? automaticLot(line, parts)
      : giveTable(line, parts)
    : takeTable(line, parts, panel.other);
  return html`<section class="lots-panel" aria-labelledby="lots-title">
    <div class="bar"><h3 class="heading" id="lots-title">${t('postingForm.lotsFor', { n: numberOf(line, form) })}<span
      class="muted">${about}</span></h3><span class="grow"></span>${ways(line, parts)}${actions(line, status, parts, panel)}</div>
    ${meter === undefined ? nothing : meterLine(meter, (value) => shownQuantity(value, line, format), format, counts(line, parts))}
    ${body}</section>`;
}
