/** The lines of a posting as a grid of native fields, each with how far it is; and the entry of the next one. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { signOf } from '../controllers/lot-view-amounts.ts';
import type { LineDraft } from '../controllers/posting-form-draft.ts';
import { isWanting } from '../controllers/posting-form-preview.ts';
import type { LineStatus } from '../controllers/posting-form-status.ts';
import { icon } from '../icons.ts';
import { badge, button, type Combobox } from '../primitives/index.ts';
import { amountOf, meterBar, numberOf, type PostingParts } from './posting-form-parts.ts';
import { way } from './record-link.ts';

/** Refusals that are only something not chosen yet. */
const wanting: Readonly<Record<string, 'postingForm.noLocation' | 'postingForm.noVariant'>> = {
  'location.required': 'postingForm.noLocation',
  'item.variantRequired': 'postingForm.noVariant',
};

/** The one badge of a line. */
function stateBadge(line: LineDraft, status: LineStatus, parts: PostingParts): TemplateResult {
  const { form, format } = parts;
  const t = format.text.bind(format);
  const { quantity, lotMeter, serialMeter, badRows } = status;
  if (!quantity.ok) {
    return badge(
      'warn',
      t(quantity.problem === 'empty' ? 'postingForm.noQuantity' : 'postingForm.unreadable'),
    );
  }
  if (status.waiting) return badge('neutral', t('postingForm.verdict.checking'), 'clock');
  const refusal = form.questions.preview.refusals.get(line.key);
  const over = [lotMeter, serialMeter].find((meter) => meter !== undefined && signOf(meter.remaining) < 0);
  if (over !== undefined)
    return badge('danger', t('postingForm.tooMany', { n: amountOf(over.remaining.slice(1), line, format) }));
  if (badRows > 0) return badge('warn', t('postingForm.badRows', { n: badRows }));
  if (lotMeter !== undefined && signOf(lotMeter.remaining) > 0)
    return badge('warn', t('postingForm.toAllocate', { n: amountOf(lotMeter.remaining, line, format) }));
  if (serialMeter !== undefined && signOf(serialMeter.remaining) > 0)
    return badge('warn', t('postingForm.serialsToGo', { n: Number(serialMeter.remaining) }));
  if (refusal !== undefined) {
    const missing = wanting[refusal.code];
    return missing ? badge('warn', t(missing)) : badge('danger', t('postingForm.refused'));
  }
  return badge('ok', t('postingForm.complete'));
}

function allocated(line: LineDraft, status: LineStatus, { format }: PostingParts): unknown {
  const meter = status.serialMeter ?? status.lotMeter;
  if (meter === undefined || !status.quantity.ok) return nothing;
  const show = (value: string) =>
    meter === status.serialMeter ? format.quantity(value) : amountOf(value, line, format);
  return html`<span class="given">${meterBar(meter)}<span class="nowrap">${format.text('postingForm.of', {
    given: show(meter.given),
    needed: show(meter.needed),
  })}</span></span>`;
}

/** A select in a cell; plain text where there is nothing to choose. */
function cellSelect(
  o: {
    id: string;
    label: string;
    value: string;
    choices: readonly (readonly [string, string])[];
    bad?: boolean;
  },
  choose: (value: string) => void,
): TemplateResult {
  return html`<span class="select cell"><select id=${o.id} class="in" aria-label=${o.label}
    aria-invalid=${o.bad ? 'true' : nothing}
    @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>${o.choices.map(
      ([value, label]) => html`<option value=${value} .selected=${value === o.value}>${label}</option>`,
    )}</select>${icon('chev')}</span>`;
}

function unitCell(line: LineDraft, n: number, { form, format }: PostingParts): unknown {
  const { unit, alternativeUnits, code } = line.item;
  if (alternativeUnits.length === 0) return html`<span class="unit">${unit.code}</span>`;
  const choices = [
    ['', unit.code] as const,
    ...alternativeUnits.map((each) => [each.code, each.code] as const),
  ];
  const label = format.text('postingForm.unitOf', { n, item: code });
  return cellSelect({ id: `l${line.key}-unit`, label, value: line.unit, choices }, (chosen) =>
    form.patchLine(line.key, { unit: chosen }),
  );
}

function locationCell(line: LineDraft, n: number, { form, format }: PostingParts): unknown {
  const warehouse = form.warehouse;
  if (warehouse === undefined || warehouse.locations.length === 0) return html`<span class="muted">—</span>`;
  const usual = form.template?.defaultLocation;
  const tracked = Boolean(line.item.lots || line.item.serials);
  const any = usual
    ? format.text('postingForm.defaultLocation', { location: usual })
    : !form.load && tracked
      ? format.text('postingForm.anyIn', { warehouse: warehouse.code })
      : format.text('postingForm.chooseLocation');
  const refused = form.questions.preview.refusals.get(line.key);
  const choices = [
    ['', any] as const,
    ...warehouse.locations.map(
      ({ code, description }) => [code, description ? `${code} ${description}` : code] as const,
    ),
  ];
  const label = format.text('postingForm.locationOf', { n, item: line.item.code });
  const bad = refused?.path === 'location';
  return cellSelect({ id: `l${line.key}-location`, label, value: line.location, choices, bad }, (location) =>
    form.patchLine(line.key, { location }),
  );
}

function variantCell(line: LineDraft, n: number, { form, format }: PostingParts): unknown {
  const { variants, code } = line.item;
  if (variants.length === 0) return nothing;
  const choices = [
    ['', format.text('field.choose')] as const,
    ...variants.map(
      (each) => [each.code, each.description ? `${each.code} ${each.description}` : each.code] as const,
    ),
  ];
  const label = format.text('postingForm.variantOf', { n, item: code });
  const bad = form.questions.preview.refusals.get(line.key)?.path === 'variant';
  return html`<span class="variant">${cellSelect(
    { id: `l${line.key}-variant`, label, value: line.variant, choices, bad },
    (variant) => form.patchLine(line.key, { variant }),
  )}</span>`;
}

/** Enter goes on to the next entry, the arrows to the same field of the line above or below. */
function quantityKey(event: KeyboardEvent, line: LineDraft, parts: PostingParts): void {
  const { lines } = parts.form.draft;
  const at = lines.indexOf(line);
  const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
  const step = steps[event.key];
  const other = step === undefined ? undefined : lines[at + step];
  if (event.key === 'Enter') parts.focus('new-item');
  else if (other !== undefined) parts.focus(`l${other.key}-quantity`);
  else return;
  event.preventDefault();
}

function lineRow(line: LineDraft, parts: PostingParts): TemplateResult {
  const { form, format } = parts;
  const n = numberOf(line, form);
  const status = form.status(line);
  const { item } = line;
  const refusal = form.questions.preview.refusals.get(line.key);
  const unreadable = !status.quantity.ok && status.quantity.problem !== 'empty';
  const bad = unreadable || (form.asked && !status.quantity.ok) || refusal?.path === 'quantity';
  const current = form.current === line.key;
  return html`<tr class=${current ? 'sel' : ''} data-row-id=${line.key} aria-current=${current ? 'true' : nothing}
    @focusin=${() => form.select(line.key)} @click=${() => form.select(line.key)}>
    <td class="num muted lead">${n}</td>
    <td class="item"><span class="cut">${way(
      parts,
      { kind: 'item', id: item.code, code: item.code },
      html`<bdi class="medium">${item.code}</bdi>`,
      'open-item',
    )} <span class="sub">${item.description ?? ''}</span></span>${variantCell(line, n, parts)}</td>
    <td class="num qty"><input id="l${line.key}-quantity" class="in num" type="text" inputmode="decimal" autocomplete="off"
      aria-label=${format.text('postingForm.quantityOf', { n, item: item.code })} aria-invalid=${bad ? 'true' : nothing}
      .value=${live(line.quantity)} @keydown=${(event: KeyboardEvent) => quantityKey(event, line, parts)}
      @input=${(event: Event) =>
        form.patchLine(line.key, { quantity: (event.target as HTMLInputElement).value })} /></td>
    <td class="unit-cell">${unitCell(line, n, parts)}</td>
    <td class="place">${locationCell(line, n, parts)}</td>
    <td class="alloc">${allocated(line, status, parts)}</td>
    <td class="state-cell">${stateBadge(line, status, parts)}</td>
    <td class="num del">${button({
      label: format.text('postingForm.removeLine', { n, item: item.code }),
      icon: 'x',
      iconOnly: true,
      look: 'quiet',
      action: 'remove-line',
      press: (event) => {
        event.stopPropagation();
        form.removeLine(line.key);
        parts.focus('new-item');
      },
    })}</td></tr>${
      refusal === undefined || isWanting(refusal)
        ? nothing
        : html`<tr class="because"><td></td><td colspan="7" class="t-danger"><span class="with">${icon('danger')}<span>${parts.say(
            refusal,
            line,
          )}</span></span></td></tr>`
    }`;
}

/** The lines, and the field for the item of the next one. */
export function linesGrid(parts: PostingParts, entry: Combobox): TemplateResult {
  const { form, format } = parts;
  const t = format.text.bind(format);
  const next = form.draft.lines.length + 1;
  const field = entry.template(
    {
      id: 'new-item',
      field: 'new-item',
      label: t('postingForm.addItemLabel', { n: next }),
      placeholder: t('postingForm.addItem'),
      error: form.itemProblem ? parts.say(form.itemProblem) : undefined,
      look: 'entry',
      value: '',
    },
    format,
  );
  return html`<div class="wide lines"><table aria-label=${t('postingForm.lines')}>
    <thead><tr><th scope="col" class="num lead">#</th><th scope="col">${t('word.item')}</th>
      <th scope="col" class="num">${t('word.quantity')}</th><th scope="col">${t('word.unit')}</th>
      <th scope="col">${t('word.location')}</th><th scope="col">${t('postingForm.allocated')}</th>
      <th scope="col">${t('postingForm.state')}</th><th scope="col"><span class="sr">${t('action.remove')}</span></th></tr></thead>
    <tbody>${form.draft.lines.map((line) => lineRow(line, parts))}
      ${
        parts.readonly
          ? nothing
          : html`<tr class="next"><td class="num muted lead">${next}</td><td colspan="7">${field}</td></tr>`
      }</tbody></table></div>`;
}
