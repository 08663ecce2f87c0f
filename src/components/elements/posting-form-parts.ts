/** What every part of a posting's form draws with. */
import { html, nothing, type TemplateResult } from 'lit';
import { signOf } from '../controllers/lot-view-amounts.ts';
import type { PostingFormController } from '../controllers/posting-form.ts';
import type { LineDraft } from '../controllers/posting-form-draft.ts';
import type { PostingFieldShape } from '../controllers/posting-form-extra.ts';
import type { Meter } from '../controllers/posting-form-status.ts';
import type { Posting, Problem } from '../core.ts';
import type { Format } from '../i18n/format.ts';
import { icon } from '../icons.ts';
import { geometry, quantity } from '../primitives/index.ts';
import type { Ways } from './record-link.ts';

export interface PostingParts extends Ways {
  readonly form: PostingFormController;
  readonly format: Format;
  /** Nothing can be typed, and nothing posted. */
  readonly readonly: boolean;
  /** Why nobody may post, where that is so. */
  readonly mayNot: string | undefined;
  /** The fields of the header, in their order, and those that roles lock or hide. */
  readonly fields: readonly PostingFieldShape[];
  readonly locked: ReadonlyMap<string, string | false>;
  /** What a host offers to do with a posting that was made. */
  readonly actions: (posting: Posting) => unknown;
  /** The sentence of a problem of a line. */
  readonly say: (problem: Problem, line?: LineDraft) => string;
  /** Moves the focus once the form is drawn. */
  readonly focus: (id: string) => void;
}

/** Decimals shown for a quantity in the line's unit. */
export const decimalsOf = (line: LineDraft): number =>
  line.unit === '' || line.unit === line.item.unit.code ? line.item.unit.decimals : 0;

export const unitOf = (line: LineDraft): string => line.unit || line.item.unit.code;

/** A quantity of a line, with its decimals. */
export const amountOf = (value: string, line: LineDraft, format: Format): string =>
  format.quantity(value, decimalsOf(line));

/** A quantity as somebody of this language would type it. */
export const typedAs = (value: string, format: Format): string =>
  value === '' ? '' : format.quantity(value);

/** Which place of its list a line has, from 1. */
export const numberOf = (line: LineDraft, form: PostingFormController): number =>
  form.draft.lines.indexOf(line) + 1;

const shareOf = (meter: Meter): number => {
  const needed = Number(meter.needed);
  return needed <= 0 ? 0 : Math.max(0, Math.min(100, (Number(meter.given) / needed) * 100));
};

/** How much of what is needed is given, as a bar. */
export function meterBar(meter: Meter): TemplateResult {
  const over = signOf(meter.remaining) < 0;
  return html`<span class="stock" aria-hidden="true"><i class=${over ? 'blk' : ''} ${geometry({
    'inline-size': `${shareOf(meter)}%`,
  })}></i></span>`;
}

/** The meter of a panel: needed, given, and what remains or is too many. */
export function meterLine(
  meter: Meter,
  show: (value: string) => unknown,
  format: Format,
  end: unknown,
): TemplateResult {
  const t = format.text.bind(format);
  const sign = signOf(meter.remaining);
  const rest = meter.remaining.replace(/^-/, '');
  const state =
    sign === 0
      ? html`<span class="t-ok with">${icon('ok')}${t('postingForm.complete')}</span>`
      : sign > 0
        ? html`<span class="t-warn with">${icon('warn')}${t('postingForm.remaining')} <b>${show(rest)}</b></span>`
        : html`<span class="t-danger with">${icon('danger')}${t('postingForm.tooMany', { n: format.quantity(rest) })}</span>`;
  return html`<div class="meter">${meterBar(meter)}<div class="counts">
    <span>${t('postingForm.needed')} <b>${show(meter.needed)}</b></span>
    <span>${t('postingForm.given')} <b>${show(meter.given)}</b></span>${state}
    <span class="grow"></span>${end ?? nothing}</div></div>`;
}

export const shownQuantity = (value: string, line: LineDraft, format: Format): TemplateResult =>
  quantity(value, format, { decimals: decimalsOf(line) });

/** A choice between two ways, as native radio buttons in one row. */
export function waysField(o: {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly ways: readonly (readonly [value: string, label: string])[];
  readonly choose: (value: string) => void;
}): TemplateResult {
  return html`<span class="ways" role="radiogroup" aria-label=${o.label}>${o.ways.map(
    ([
      value,
      label,
    ]) => html`<label class="way ${value === o.value ? 'on' : ''}"><input type="radio" name=${o.name} value=${value}
      data-action="${o.name}-${value}" .checked=${value === o.value} @change=${() => o.choose(value)} />${label}</label>`,
  )}</span>`;
}
