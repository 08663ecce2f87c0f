/** What will be written and what stands in the way: the summary, the notices on top, the foot with its verb. */
import { html, nothing, type TemplateResult } from 'lit';
import type { LineDraft } from '../controllers/posting-form-draft.ts';
import { isWanting } from '../controllers/posting-form-preview.ts';
import type { PostedLine, Posting } from '../core.ts';
import { offeredActions, runAction } from '../extensions/actions.ts';
import { labelText } from '../extensions/resolve.ts';
import type { ActionContext, ActionExtension } from '../extensions/types.ts';
import type { MessageKey } from '../i18n/catalogue.ts';
import { icon } from '../icons.ts';
import { badge, banner, button, code, quantity } from '../primitives/index.ts';
import type { Allowed, AskedAct } from '../provider/types.ts';
import { busyButton, requiredHint } from './lot-form-parts.ts';
import type { PostingParts } from './posting-form-parts.ts';
import { wayButton } from './record-link.ts';

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

function postedActions(posted: Posting, parts: PostingParts): unknown[] {
  const to = ({ id, numberText: code }: Posting, label: MessageKey, action: string) =>
    wayButton(parts, { kind: 'posting', id, code }, parts.format.text(label), action);
  const beside = parts.form.beside.posted;
  const other = beside === undefined ? [] : [to(beside, 'postingForm.openOther', 'open-other')];
  return [to(posted, 'action.openPosting', 'open-posting'), ...other, parts.actions(posted)];
}

/** What a host offers to do with a posting, as buttons; one that is locked says why. */
export function postingActs(o: {
  readonly actions: readonly ActionExtension<Posting>[];
  readonly context: ActionContext<Posting>;
  readonly may: (act: AskedAct) => Allowed;
  readonly failed: (error: unknown) => void;
}): TemplateResult[] {
  const { context, failed } = o;
  return offeredActions(o.actions, context, o.may).map((one) => {
    const { action, locked } = one;
    return button({
      label: labelText(action.label, context.format),
      action: action.id,
      ...(action.icon === undefined ? {} : { icon: action.icon }),
      ...(action.danger ? { look: 'danger' as const } : {}),
      ...(locked === undefined ? {} : { disabled: true, tip: locked }),
      press: () => void runAction(one, context, failed),
    });
  });
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

/** What is missing besides the fields of the header. */
const otherNames: Readonly<Record<string, MessageKey>> = {
  party: 'word.party',
  document: 'postingForm.documentNumber',
  lines: 'postingForm.lines',
};

function nameOf(key: string, { fields, format }: PostingParts): string {
  const other = otherNames[key];
  if (other !== undefined) return format.text(other);
  const field = fields.find((each) => each.key === key);
  return field === undefined ? format.word('word', key) : labelText(field.label, format);
}

/** What is missing, in words. */
export function missingText(parts: PostingParts): string {
  const { form, format } = parts;
  const { fields, lines } = form.missing();
  const names = fields.map((field) => nameOf(field, parts));
  if (names.length > 0) return format.text('postingForm.missing', { what: names.join(', ') });
  if (lines.length > 0) return format.text('postingForm.untilComplete');
  const wrong = form.asked ? form.extras.problems().size : 0;
  return wrong > 0 ? format.text('field.errors', { n: wrong }) : '';
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
    ${
      parts.mayNot === undefined
        ? html`${state}<span class="muted said">${text}</span>${parts.readonly ? nothing : requiredHint(format)}`
        : html`<span class="said" data-field="locked">${parts.mayNot}</span>`
    }<span class="grow"></span>
    ${button({ label: t('action.cancel'), look: 'quiet', action: 'cancel', press: o.cancel })}
    ${
      parts.readonly && parts.mayNot === undefined
        ? nothing
        : busyButton({
            label: t(verbOf(parts)),
            working: t('postingForm.posting'),
            busy: form.busy,
            primary: true,
            disabled: blocked || parts.mayNot !== undefined,
            title: blocked && parts.mayNot === undefined ? text : undefined,
            tip: parts.mayNot,
            key: 'Ctrl S',
            action: 'post',
            press: o.post,
          })
    }</div>`;
}
