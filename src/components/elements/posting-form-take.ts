/** Lots of an unload: every candidate with what is there, what is taken, and the reason in a sentence. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { least, minus, signOf, sumOf } from '../controllers/lot-view-amounts.ts';
import type { Candidate } from '../controllers/posting-form-allocation.ts';
import type { LineDraft, LotRow } from '../controllers/posting-form-draft.ts';
import {
  rowOf,
  rowsOfAllocation,
  takeRest,
  withoutRow,
  withRow,
  withTake,
} from '../controllers/posting-form-edits.ts';
import { type LineStatus, rowQuantity } from '../controllers/posting-form-status.ts';
import type { MessageKey } from '../i18n/catalogue.ts';
import { badge, button, type Combobox, code, dash, expiryCell, quantity } from '../primitives/index.ts';
import { type PostingParts, typedAs } from './posting-form-parts.ts';
import { lotTerms, statusStanding } from './register/standing.ts';

/** Reasons for which a lot may still be taken by hand. */
const open: ReadonlySet<string> = new Set(['notNeeded', 'manual']);
/** Reasons that are none on the way into quarantine. */
const quarantined: ReadonlySet<string> = new Set([
  ...['recalled', 'blockRule', 'expired', 'status', 'inspection', 'sellable', 'blockWindow'],
]);

interface Look {
  readonly severity: 'danger' | 'notice' | 'neutral';
  readonly key: MessageKey;
  readonly shape?: 'expired';
}

const looks: Readonly<Record<string, Look>> = {
  expired: { severity: 'danger', key: 'postingForm.badge.expired', shape: 'expired' },
  blockWindow: { severity: 'danger', key: 'postingForm.badge.blocked' },
  recalled: { severity: 'danger', key: 'badge.recalled' },
  blockRule: { severity: 'danger', key: 'postingForm.badge.blocked' },
  inspection: { severity: 'notice', key: 'postingForm.badge.inspection' },
  place: { severity: 'notice', key: 'postingForm.badge.held' },
  attributes: { severity: 'neutral', key: 'postingForm.badge.attributes' },
  shelfLife: { severity: 'neutral', key: 'postingForm.badge.shelfLife' },
  sellable: { severity: 'notice', key: 'badge.notSellable' },
  reserved: { severity: 'notice', key: 'postingForm.badge.reserved' },
  closed: { severity: 'neutral', key: 'postingForm.badge.closed' },
  cancelled: { severity: 'neutral', key: 'badge.cancelled' },
  location: { severity: 'neutral', key: 'postingForm.badge.elsewhere' },
  insufficient: { severity: 'neutral', key: 'postingForm.badge.none' },
};

const takenBadge = ({ format }: PostingParts): TemplateResult =>
  badge('ok', format.text('postingForm.taken'));

function decision(candidate: Candidate, taken: boolean, parts: PostingParts): TemplateResult {
  if (taken) return takenBadge(parts);
  const { form, format } = parts;
  if (candidate.reason === 'status') {
    const { severity, text } = statusStanding(form.statuses.get(candidate.status ?? ''), candidate.status);
    return badge(severity === 'ok' ? 'warn' : severity, text ?? format.text('postingForm.badge.blocked'));
  }
  const look = candidate.reason === null ? undefined : looks[candidate.reason];
  if (look === undefined) return badge('neutral', format.text('postingForm.notTaken'));
  return badge(look.severity, format.text(look.key), look.shape);
}

function reason(candidate: Candidate, rank: number, line: LineDraft, { form, format }: PostingParts): string {
  if (rank > 0) {
    if (line.lotsMode === 'rows') return format.text('postingForm.why.byHand');
    const order = line.item.lots?.withdrawal ?? 'fefo';
    return format.text(`postingForm.why.${rank === 1 ? 'first' : 'next'}.${order}` as MessageKey);
  }
  const key = `postingForm.skip.${candidate.reason ?? 'notNeeded'}`;
  return format.has(key)
    ? format.text(key, { status: nameOfStatus(candidate, form) })
    : (candidate.reason ?? '');
}

/** How much of a candidate others have reserved, where that is anything. */
function heldText({ held }: Candidate, line: LineDraft, { format }: PostingParts): string | null {
  if (signOf(held) <= 0) return null;
  const { code: unit, decimals } = line.item.unit;
  return format.text('postingForm.held', { quantity: format.quantity(held, decimals), unit });
}

/** The words of a candidate's status. */
function nameOfStatus({ status }: Candidate, form: PostingParts['form']): string | null {
  return status === null ? null : (form.statuses.get(status)?.description ?? status);
}

/** The rows an automatic unload amounts to, to start from by hand. */
function automaticRows(candidates: readonly Candidate[], line: LineDraft, parts: PostingParts): LotRow[] {
  if (line.unit !== '' && line.unit !== line.item.unit.code) return [];
  return rowsOfAllocation(candidates, (value) => typedAs(value, parts.format));
}

function takeInput(
  candidate: Candidate,
  line: LineDraft,
  candidates: readonly Candidate[],
  parts: PostingParts,
): unknown {
  const { form, format } = parts;
  const automatic = line.lotsMode === 'auto';
  const row = automatic ? undefined : rowOf(line, candidate);
  const value = automatic ? typedAs(candidate.taken ?? '', format) : (row?.quantity ?? '');
  const why = candidate.reason ?? '';
  const allowed = open.has(why) || (form.beside.intoQuarantine && quarantined.has(why));
  const usable = candidate.taken !== null || allowed || row !== undefined;
  if (!usable || parts.readonly)
    return html`<span class="in flat num"><span class="zero">${value || '0'}</span></span>`;
  const label = format.text('postingForm.takeFrom', { code: candidate.code, place: candidate.location });
  const refused = form.questions.preview.refusals.get(line.key)?.path;
  const at = row === undefined ? -1 : line.rows.indexOf(row);
  return html`<input class="in num" type="text" inputmode="decimal" autocomplete="off" aria-label=${label}
    aria-invalid=${at >= 0 && refused?.startsWith(`lots[${at}]`) ? 'true' : nothing}
    placeholder="0" .value=${live(value)} @input=${(event: Event) => {
      const typed = (event.target as HTMLInputElement).value;
      form.setLine(line.key, (now) =>
        withTake(now, candidate, typed, automaticRows(candidates, line, parts)),
      );
    }} />`;
}

function candidateRow(
  candidate: Candidate,
  rank: number,
  line: LineDraft,
  candidates: readonly Candidate[],
  parts: PostingParts,
): TemplateResult {
  const { form, format } = parts;
  const taken = rank > 0;
  const decimals = { decimals: line.item.unit.decimals };
  const date = form.draft.header.date.value || form.today;
  const why = [reason(candidate, rank, line, parts), heldText(candidate, line, parts)]
    .filter(Boolean)
    .join('; ');
  return html`<tr class=${taken ? '' : 'skip'} data-row-id="${candidate.code}/${candidate.location ?? ''}">
    <td class="num muted lead">${taken ? format.number(rank) : '–'}</td><td>${code(candidate.code)}</td>
    <td>${expiryCell(candidate.expiryDate, date, lotTerms(line.item), false, format)}</td>
    <td>${candidate.location === null ? dash : code(candidate.location)}</td>
    <td class="num" data-label=${format.text('word.available')}>${quantity(candidate.available, format, decimals)}</td>
    <td class="num qty">${takeInput(candidate, line, candidates, parts)}</td>
    <td>${decision(candidate, taken, parts)}</td><td class="why muted" title=${why}>${why}</td></tr>`;
}

/** A named lot that is not among the candidates. */
function otherRow(row: LotRow, line: LineDraft, parts: PostingParts): TemplateResult {
  const { form, format } = parts;
  const label = format.text('postingForm.takeFrom', { code: row.code, place: row.location });
  return html`<tr data-row-id="${row.code}/${row.location}"><td class="num muted lead">–</td><td>${code(row.code)}</td>
    <td>${dash}</td><td>${row.location ? code(row.location) : dash}</td><td class="num">${dash}</td>
    <td class="num qty"><input class="in num" type="text" inputmode="decimal" autocomplete="off" aria-label=${label}
      .value=${live(row.quantity)} @input=${(event: Event) => {
        const typed = (event.target as HTMLInputElement).value;
        form.setLine(line.key, (now) => withRow(now, row.key, { quantity: typed }));
      }} /></td><td>${takenBadge(parts)}</td>
    <td class="num">${button({
      label: format.text('postingForm.removeLot', { n: line.rows.indexOf(row) + 1 }),
      icon: 'x',
      iconOnly: true,
      look: 'quiet',
      action: 'remove-lot',
      press: () => form.setLine(line.key, (now) => withoutRow(now, row.key)),
    })}</td></tr>`;
}

/** Takes what remains from the lots that are left, in their order. */
export function allocateRest(line: LineDraft, status: LineStatus, parts: PostingParts): void {
  const { form, format } = parts;
  const candidates = form.questions.allocations.get(line.key)?.candidates ?? [];
  form.setLine(line.key, (now) =>
    takeRest(now, candidates, {
      remaining: status.lotMeter?.remaining ?? '0',
      read: (row) => rowQuantity(row, format.locale),
      show: (value) => typedAs(value, format),
      minus,
      least,
      sum: sumOf,
    }),
  );
}

/** The candidates of a line, taken ones first. */
export function takeTable(line: LineDraft, parts: PostingParts, other: Combobox): TemplateResult {
  const { form, format } = parts;
  const t = format.text.bind(format);
  const candidates = form.questions.allocations.get(line.key)?.candidates ?? [];
  const automatic = line.lotsMode === 'auto';
  const ranks = new Map<Candidate, number>();
  for (const candidate of candidates) {
    const row = automatic ? undefined : rowOf(line, candidate);
    if (automatic ? candidate.taken !== null : row !== undefined) ranks.set(candidate, ranks.size + 1);
  }
  const known = new Set(candidates.map((candidate) => (automatic ? undefined : rowOf(line, candidate))));
  const others = automatic ? [] : line.rows.filter((row) => !known.has(row));
  const { warehouse } = form;
  const asked = form.questions.allocations.has(line.key);
  const none = t('postingForm.noCandidates', { item: line.item.code, warehouse: warehouse?.code ?? '' });
  const empty = html`<tr><td colspan="8" class="muted">${asked ? none : t('postingForm.verdict.checking')}</td></tr>`;
  const entry = other.template(
    {
      id: 'other-lot',
      field: 'other-lot',
      label: t('postingForm.otherLot'),
      placeholder: t('postingForm.otherLot'),
      look: 'entry',
      value: '',
    },
    format,
  );
  return html`<div class="wide"><table class="tall" aria-labelledby="lots-title">
    <thead><tr><th scope="col" class="num lead">${t('postingForm.rank')}</th><th scope="col">${t('word.lot')}</th>
      <th scope="col">${t('word.expiry')}</th><th scope="col">${t('word.location')}</th>
      <th scope="col" class="num">${t('word.available')}</th><th scope="col" class="num">${t('postingForm.take')}</th>
      <th scope="col">${t('postingForm.decision')}</th><th scope="col">${t('word.reason')}</th></tr></thead>
    <tbody>${candidates.length === 0 && others.length === 0 ? empty : nothing}${candidates.map((candidate) =>
      candidateRow(candidate, ranks.get(candidate) ?? 0, line, candidates, parts),
    )}${others.map((row) => otherRow(row, line, parts))}${
      automatic || parts.readonly
        ? nothing
        : html`<tr class="next"><td></td><td colspan="7">${entry}</td></tr>`
    }</tbody></table></div>`;
}
