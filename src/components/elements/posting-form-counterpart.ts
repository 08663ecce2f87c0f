/** The header's fields for the opposite side: which warehouse, and where in it. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Side } from '../controllers/posting-form-counterpart.ts';
import type { Format } from '../i18n/format.ts';
import { icon } from '../icons.ts';
import type { Combobox, Option } from '../primitives/index.ts';
import type { PostingParts } from './posting-form-parts.ts';

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
  { form, format, readonly }: PostingParts,
  place: Combobox,
  error: string | undefined,
): TemplateResult[] {
  const { side } = form.beside;
  if (side === undefined) return [];
  const t = format.text.bind(format);
  const transfer = side.kind === 'transfer';
  const label = t(transfer ? 'postingForm.to' : 'postingForm.componentsFrom');
  const placed = (side.warehouse?.locations.length ?? 0) > 0;
  const wrong =
    placed || !error
      ? nothing
      : html`<span class="err" part="error">${icon('warn')}<span>${error}</span></span>`;
  const warehouse = html`<div class="field w1" part="field" data-field="counterpartWarehouse">
    <span class="label">${label}</span><span class="said-place"><bdi class="medium">${side.code}</bdi> <span
      class="muted">${side.warehouse?.description ?? ''}</span></span>${wrong}</div>`;
  if (!placed) return [warehouse];
  const usual = side.usual
    ? t('postingForm.defaultLocation', { location: side.usual })
    : transfer
      ? t('field.choose')
      : t('postingForm.anyIn', { warehouse: side.code });
  const field = place.template(
    {
      id: 'h-counterpart',
      field: 'counterpart',
      label: t(transfer ? 'postingForm.toLocation' : 'postingForm.componentsLocation'),
      value: form.draft.header.counterpartLocation,
      placeholder: usual,
      required: transfer && !side.usual,
      readonly,
      error,
      look: 'w1',
    },
    format,
  );
  return [warehouse, field];
}
