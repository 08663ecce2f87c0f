/** The header's fields for the opposite side: which warehouse, and where in it. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Side } from '../controllers/posting-form-counterpart.ts';
import type { Format } from '../i18n/format.ts';
import { icon } from '../icons.ts';
import type { Combobox, FieldOptions, Option } from '../primitives/index.ts';
import type { PostingParts } from './posting-form-parts.ts';
import { way } from './record-link.ts';

/** Locations of the opposite side that match what is typed. */
export function placeOptions(side: Side | undefined, search: string, format: Format): Option[] {
  const wanted = search.trim().toLowerCase();
  const known = side?.warehouse?.locations ?? [];
  return known
    .filter(({ code, description }) => `${code} ${description ?? ''}`.toLowerCase().includes(wanted))
    .map(({ code, description, quarantine }) => ({
      value: code,
      label: code,
      sub: description ?? '',
      ...(quarantine ? { aside: format.text('postingForm.quarantine') } : {}),
    }));
}

/** No field, the warehouse, or the warehouse and the location in it. */
export function counterpartFields(
  parts: PostingParts,
  place: Combobox,
  options: FieldOptions,
): TemplateResult[] {
  const { form, format } = parts;
  const { side } = form.beside;
  if (side === undefined) return [];
  const t = format.text.bind(format);
  const transfer = side.kind === 'transfer';
  const label = t(transfer ? 'postingForm.to' : 'postingForm.componentsFrom');
  const placed = (side.warehouse?.locations.length ?? 0) > 0;
  const { error } = options;
  const wrong =
    placed || !error
      ? nothing
      : html`<span class="err" part="error">${icon('warn')}<span>${error}</span></span>`;
  const { code } = side;
  const named = way(parts, { kind: 'warehouse', id: code, code }, html`<bdi class="medium">${code}</bdi>`);
  const warehouse = html`<div class="field w1" part="field" data-field="counterpartWarehouse">
    <span class="label">${label}</span><span class="said-place">${named} <span
      class="muted">${side.warehouse?.description ?? ''}</span></span>${wrong}</div>`;
  if (!placed) return [warehouse];
  const usual = side.usual
    ? t('postingForm.defaultLocation', { location: side.usual })
    : transfer
      ? t('field.choose')
      : t('postingForm.anyIn', { warehouse: side.code });
  const required = options.required === true || (transfer && !side.usual);
  const field = place.template(
    {
      ...options,
      value: form.draft.header.counterpartLocation,
      placeholder: usual,
      required: required && !options.readonly,
    },
    format,
  );
  return [warehouse, field];
}
