/** What will be written and what stands in the way: the summary, the notices on top, the foot with its verb. */
import { html, nothing, type TemplateResult } from 'lit';
import type { LineDraft } from '../controllers/posting-form-draft.ts';
import { isWanting } from '../controllers/posting-form-preview.ts';
import type { PostedLine, Posting } from '../core.ts';
import type { MessageKey } from '../i18n/catalogue.ts';
import { icon } from '../icons.ts';
import { badge, banner, button, code, quantity } from '../primitives/index.ts';
import { busyButton, requiredHint } from './lot-form-parts.ts';
import type { PostingParts } from './posting-form-parts.ts';

/** Lots a line of the summary names before it counts the rest. */
const NAMED_LOTS = 3;

/** Where a transfer goes. */
function toPlace({ form, format }: Pick<PostingParts, 'form' | 'format'>): unknown {
  const { side } = form.beside;
  if (side?.kind !== 'transfer') return nothing;
  const location = form.draft.header.counterpartLocation || side.usual;
  return html`, ${format.text('postingForm.toPlace', { place: location ? `${side.code} · ${location}` : side.code })}`;
}

function through(posted: PostedLine, { form, format }: PostingParts): unknown {
  const t = format.text.bind(format);
  const lots = posted.lots.length;
  const serials = posted.serials.length;
  const named = posted.lots
    .slice(0, NAMED_LOTS)
    .map(({ code: each }, i) => html`${i > 0 ? ', ' : ''}${code(each)}`);
  const more = lots > NAMED_LOTS ? html` ${t('postingForm.moreLots', { n: lots - NAMED_LOTS })}` : nothing;
  return html`${lots > 0 ? html`${t(form.load ? 'postingForm.intoLots' : 'postingForm.fromLots', { n: lots })}: ${named}${more}` : nothing}${
    serials > 0 ? html`${lots > 0 ? ', ' : ''}${t('postingForm.asSerials', { n: serials })}` : nothing
  }${posted.location ? html` ${code(posted.location)}` : nothing}${toPlace({ form, format })}`;
}

function warningsOf(index: number, parts: PostingParts, line: LineDraft): unknown {
  const { posting } = parts.form.questions.preview;
  const own = (posting?.warnings ?? []).filter(({ path }) => path?.startsWith(`lines[${index}]`));
  if (own.length === 0) return nothing;
  return html`<ul class="warnings">${own.map(
    ({ code: name, details }) =>
      html`<li class="t-warn with">${icon('warn')}${parts.say(
        { kind: 'rejected', code: name, details, message: name },
        line,
      )}</li>`,
  )}</ul>`;
}

function summaryRow(line: LineDraft, parts: PostingParts): TemplateResult {
  const { form, format } = parts;
  const { posting, keys } = form.questions.preview;
  const index = keys.indexOf(line.key);
  const posted = index < 0 ? undefined : posting?.lines[index];
  const { unit, code: item } = line.item;
  if (posted === undefined) {
    return html`<tr class="skip"><td><bdi class="medium">${item}</bdi></td><td class="num">—</td><td class="muted">${format.text(
      'postingForm.notYet',
    )}</td></tr>`;
  }
  const signed = form.load ? posted.quantity : `-${posted.quantity}`;
  return html`<tr data-row-id="on-${line.key}"><td><bdi class="medium">${item}</bdi></td>
    <td class="num ${form.load ? 't-ok' : ''}">${quantity(signed, format, { decimals: unit.decimals, signed: true })} <span
      class="unit">${unit.code}</span></td>
    <td class="through">${through(posted, parts)}${warningsOf(index, parts, line)}</td></tr>`;
}

/** What posting would write. */
export function onPosting(parts: PostingParts): TemplateResult {
  const { form, format } = parts;
  const t = format.text.bind(format);
  const { lines } = form.draft;
  const body =
    lines.length === 0
      ? html`<p class="muted">${t('postingForm.nothingToShow')}</p>`
      : html`<table class="summary"><tbody>${lines.map((line) => summaryRow(line, parts))}</tbody></table>`;
  const state = form.questions.previewing ? t('postingForm.previewing') : t('postingForm.nothingBefore');
  return html`<section class="sec on-posting" aria-labelledby="on-posting">
    <h3 class="heading" id="on-posting">${t('postingForm.onPosting')}<span class="muted">${state}</span></h3>${body}</section>`;
}

/** The opposite side of what was posted, in words. */
function besideText({ form, format }: PostingParts): string {
  const { posted } = form;
  const beside = form.beside.posted;
  if (posted === undefined || beside === undefined) return '';
  const arrived = beside.type === 'load';
  const { warehouse, numberText: number } = beside;
  if (posted.operation === 'transfer')
    return format.text('postingForm.arrivedAs', { from: posted.warehouse, to: warehouse, number });
  return format.text(arrived ? 'postingForm.producedAs' : 'postingForm.consumedAs', { warehouse, number });
}

function postedActions(posted: Posting, { form, format, open }: PostingParts): TemplateResult[] {
  const way = ({ id, numberText }: Posting, label: MessageKey, action: string) =>
    button({ label: format.text(label), action, press: () => open('posting', id, numberText) });
  const beside = form.beside.posted;
  const other = beside === undefined ? [] : [way(beside, 'postingForm.openOther', 'open-other')];
  return [way(posted, 'action.openPosting', 'open-posting'), ...other];
}

/** Refused, or posted: on top, where it is seen. */
export function notices(parts: PostingParts, again: () => void): TemplateResult | typeof nothing {
  const { form, format } = parts;
  const t = format.text.bind(format);
  const { posted, refusal } = form;
  if (posted !== undefined) {
    const warnings = posted.warnings.length;
    return banner({
      severity: 'ok',
      title: t('postingForm.posted', { number: posted.numberText }),
      text: html`${besideText(parts)} ${warnings > 0 ? t('postingForm.warnings', { n: warnings }) : nothing}`,
      actions: postedActions(posted, parts),
    });
  }
  if (refusal === undefined) return nothing;
  const line = form.draft.lines.find(({ key }) => key === refusal.line);
  const show = button({
    label: t('postingForm.showLine'),
    action: 'show-line',
    press: () => parts.focus(`l${refusal.line}-quantity`),
  });
  const retry = button({ label: t('postingForm.again'), action: 'again', press: again });
  const text = parts.say(refusal.problem, line);
  return banner({
    severity: 'danger',
    title: t('postingForm.notPosted'),
    text: refusal.again ? `${text} ${t('postingForm.unknownText')}` : text,
    actions: refusal.again ? retry : line === undefined ? nothing : show,
  });
}

/** The verb of the template's type. */
export function verbOf({ form }: PostingParts): MessageKey {
  const { template } = form;
  const { side } = form.beside;
  if (template === undefined) return 'postingForm.post';
  if (side !== undefined)
    return side.kind === 'transfer' ? 'postingForm.postTransfer' : 'postingForm.postProduction';
  return template.type === 'load' ? 'postingForm.postLoad' : 'postingForm.postUnload';
}

const fieldNames: Readonly<Record<string, MessageKey>> = {
  warehouse: 'word.warehouse',
  template: 'word.template',
  counterpart: 'postingForm.toLocation',
  date: 'postingForm.date',
  party: 'word.party',
  document: 'postingForm.documentNumber',
  lines: 'postingForm.lines',
};

/** What is missing, in words. */
export function missingText(parts: PostingParts): string {
  const { form, format } = parts;
  const { fields, lines } = form.missing();
  const names = fields.map((field) => format.text(fieldNames[field] ?? 'word.line'));
  if (names.length > 0) return format.text('postingForm.missing', { what: names.join(', ') });
  return lines.length > 0 ? format.text('postingForm.untilComplete') : '';
}

/** The foot: what is missing, and the verb. */
export function foot(
  parts: PostingParts,
  o: { readonly post: () => void; readonly cancel: () => void },
): TemplateResult {
  const { form, format } = parts;
  const t = format.text.bind(format);
  const missing = form.missing();
  const waiting = form.draft.lines.some((line) => form.status(line).waiting);
  const short = waiting ? 0 : missing.lines.length;
  const { refusals, problem: whole } = form.questions.preview;
  const refused = [...refusals.values()].filter((each) => !isWanting(each)).length;
  const text = waiting ? t('postingForm.previewing') : missingText(parts);
  const state =
    short > 0
      ? badge('warn', t('postingForm.linesShort', { n: short }))
      : refused > 0
        ? badge('danger', t('postingForm.linesRefused', { n: refused }))
        : whole !== undefined && !isWanting(whole)
          ? badge('danger', t('postingForm.refused'))
          : form.draft.lines.length > 0 && text === ''
            ? badge('ok', t('postingForm.ready', { n: form.draft.lines.length }))
            : nothing;
  const blocked = text !== '';
  return html`<div class="acts foot-acts">
    ${state}<span class="muted said">${text}</span>${requiredHint(format)}<span class="grow"></span>
    ${button({ label: t('action.cancel'), look: 'quiet', action: 'cancel', press: o.cancel })}
    ${
      parts.readonly
        ? nothing
        : busyButton({
            label: t(verbOf(parts)),
            working: t('postingForm.posting'),
            busy: form.busy,
            primary: true,
            disabled: blocked,
            title: blocked ? text : undefined,
            key: 'Ctrl S',
            action: 'post',
            press: o.post,
          })
    }</div>`;
}
