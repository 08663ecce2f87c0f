/** Lots of a load: one made on posting, or rows of new and known lots, typed, pasted or proposed. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { LineDraft, LotRow } from '../controllers/posting-form-draft.ts';
import { emptyRow } from '../controllers/posting-form-draft.ts';
import { withoutRow, withRow, withRows } from '../controllers/posting-form-edits.ts';
import { filledRows } from '../controllers/posting-form-status.ts';
import type { MessageKey } from '../i18n/catalogue.ts';
import { parseDate } from '../i18n/parse.ts';
import { icon } from '../icons.ts';
import { button, type Dialog } from '../primitives/index.ts';
import { numberOf, type PostingParts, typedAs } from './posting-form-parts.ts';

/** What the automatic lot of a load would be. */
export function automaticLot(line: LineDraft, parts: PostingParts): TemplateResult {
  const { form, format } = parts;
  const { posting, keys } = form.questions.preview;
  const lot = posting?.lines[keys.indexOf(line.key)]?.lots[0];
  const next = lot
    ? html`<p>${icon('ok')} ${format.text('postingForm.autoLotCode', { code: lot.code })} ${
        lot.expiryDate ? format.text('postingForm.autoLotExpiry', { date: format.date(lot.expiryDate) }) : ''
      }</p>`
    : nothing;
  return html`<div class="sec quietly"><p class="muted">${format.text('postingForm.autoLot')}</p>${next}</div>`;
}

type TextName = 'code' | 'quantity' | 'supplierLot' | 'manufacturer';

/** Rows from pasted text; flagged ones are left out. */
function rowsFrom(text: string, parts: PostingParts): LotRow[] {
  const read = parts.form.tools?.rowsFromText(text) ?? [];
  return read
    .filter((row) => row.problem === undefined)
    .map((row) =>
      emptyRow({
        code: row.code,
        quantity: typedAs(row.quantity ?? '', parts.format),
        expiry: { value: row.expiryDate ?? '' },
      }),
    );
}

/** Several lines, or columns, pasted into one field are rows. */
function pasted(event: ClipboardEvent, line: LineDraft, parts: PostingParts): void {
  const text = event.clipboardData?.getData('text/plain') ?? '';
  if (!/[\n\t;]/.test(text.trim())) return;
  const rows = rowsFrom(text, parts);
  if (rows.length === 0) return;
  event.preventDefault();
  parts.form.setLine(line.key, (now) => withRows(now, rows));
}

function cell(
  row: LotRow,
  index: number,
  line: LineDraft,
  name: TextName,
  parts: PostingParts,
): TemplateResult {
  const { form, format } = parts;
  const words: Readonly<Record<TextName, MessageKey>> = {
    code: 'lotForm.code',
    quantity: 'word.quantity',
    supplierLot: 'word.supplierLot',
    manufacturer: 'word.manufacturer',
  };
  const refused = form.questions.preview.refusals.get(line.key)?.path;
  const label = format.text('postingForm.lotRow', { field: format.text(words[name]), n: index + 1 });
  const look = name === 'quantity' ? 'num' : name === 'manufacturer' ? '' : 'code';
  return html`<input id="r${row.key}-${name}" class="in ${look}" type="text" autocomplete="off" aria-label=${label}
    inputmode=${name === 'quantity' ? 'decimal' : nothing} aria-invalid=${refused === `lots[${index}].${name}` ? 'true' : nothing}
    .value=${live(row[name])} @paste=${name === 'code' ? (event: ClipboardEvent) => pasted(event, line, parts) : nothing}
    @keydown=${(event: KeyboardEvent) => {
      if (event.key !== 'Enter') return;
      event.preventDefault();
      addRow(line, parts);
    }}
    @input=${(event: Event) => {
      const patch = { [name]: (event.target as HTMLInputElement).value };
      form.setLine(line.key, (now) => withRow(now, row.key, patch));
    }} />`;
}

function expiryInput(row: LotRow, index: number, line: LineDraft, parts: PostingParts): TemplateResult {
  const { form, format } = parts;
  const label = format.text('postingForm.lotRow', { field: format.text('word.expiryDate'), n: index + 1 });
  const { value, text } = row.expiry;
  const refused = form.questions.preview.refusals.get(line.key)?.path === `lots[${index}].expiryDate`;
  return html`<input class="in" type="text" autocomplete="off" aria-label=${label}
    aria-invalid=${text || refused ? 'true' : nothing}
    .value=${live(text ?? (value ? format.date(value) : ''))} @change=${(event: Event) => {
      const typed = (event.target as HTMLInputElement).value;
      const parsed = parseDate(typed, format.locale, form.today);
      const expiry = parsed.ok
        ? { value: parsed.value }
        : typed.trim() === ''
          ? { value: '' }
          : { value: '', text: typed };
      form.setLine(line.key, (now) => withRow(now, row.key, { expiry }));
    }} />`;
}

function place(row: LotRow, index: number, line: LineDraft, parts: PostingParts): TemplateResult {
  const { form, format } = parts;
  const label = format.text('postingForm.lotRow', { field: format.text('word.location'), n: index + 1 });
  const codes = form.warehouse?.locations.map((each) => each.code) ?? [];
  return html`<span class="select cell"><select class="in" aria-label=${label} @change=${(event: Event) => {
    const location = (event.target as HTMLSelectElement).value;
    form.setLine(line.key, (now) => withRow(now, row.key, { location }));
  }}><option value="" .selected=${row.location === ''}>${line.location || '—'}</option>${codes.map(
    (each) => html`<option value=${each} .selected=${each === row.location}>${each}</option>`,
  )}</select>${icon('chev')}</span>`;
}

/** An empty row at the end, the one there is or a new one, with the focus in it. */
export function addRow(line: LineDraft, parts: PostingParts): void {
  const last = line.rows.at(-1);
  if (last !== undefined && filledRows([last]).length === 0) {
    parts.focus(`r${last.key}-code`);
    return;
  }
  const row = emptyRow();
  parts.form.setLine(line.key, (now) => ({ ...now, lotsMode: 'rows', rows: [...now.rows, row] }));
  parts.focus(`r${row.key}-code`);
}

/** The rows of a load by hand. */
export function giveTable(line: LineDraft, parts: PostingParts): TemplateResult {
  const { form, format } = parts;
  const t = format.text.bind(format);
  const places = (form.warehouse?.locations.length ?? 0) > 0;
  return html`<div class="wide"><table class="rows" aria-labelledby="lots-title">
    <thead><tr><th scope="col" class="num lead">#</th><th scope="col">${t('lotForm.code')}</th>
      <th scope="col" class="num">${t('word.quantity')}</th><th scope="col">${t('word.expiry')}</th>
      <th scope="col">${t('word.supplierLot')}</th><th scope="col">${t('word.manufacturer')}</th>
      ${places ? html`<th scope="col">${t('word.location')}</th>` : nothing}
      <th scope="col"><span class="sr">${t('action.remove')}</span></th></tr></thead>
    <tbody>${line.rows.map(
      (row, i) => html`<tr data-row-id="lot-${i}"><td class="num muted lead">${i + 1}</td>
        <td>${cell(row, i, line, 'code', parts)}</td><td class="num qty">${cell(row, i, line, 'quantity', parts)}</td>
        <td class="date">${expiryInput(row, i, line, parts)}</td><td>${cell(row, i, line, 'supplierLot', parts)}</td>
        <td>${cell(row, i, line, 'manufacturer', parts)}</td>
        ${places ? html`<td class="place">${place(row, i, line, parts)}</td>` : nothing}
        <td class="num">${button({
          label: t('postingForm.removeLot', { n: i + 1 }),
          icon: 'x',
          iconOnly: true,
          look: 'quiet',
          action: 'remove-lot',
          press: () => form.setLine(line.key, (now) => withoutRow(now, row.key)),
        })}</td></tr>`,
    )}</tbody></table></div>`;
}

/** Asks for pasted lots; what is flagged stays in the box, the rest becomes rows. */
export function askForLots(line: LineDraft, parts: PostingParts, dialog: Dialog): void {
  let text = '';
  const { format, form } = parts;
  const t = format.text.bind(format);
  const show = (): void => {
    const read = form.tools?.rowsFromText(text) ?? [];
    const flagged = read.filter((row) => row.problem !== undefined);
    const good = read.length - flagged.length;
    const listed = flagged.slice(0, 20).map(({ line: n, problem }) => {
      const sentence = format.problem(problem?.code ?? '', { text: problem?.text ?? '' });
      return html`<li class="t-danger">${t('postingForm.rowProblem', { n, problem: sentence, text: problem?.text ?? '' })}</li>`;
    });
    dialog.ask({
      title: t('postingForm.pasteLotsTitle', { n: numberOf(line, form) }),
      body: html`<div class="field"><label for="paste-lots">${t('postingForm.pasteLots').replace('…', '')}</label>
        <textarea id="paste-lots" class="in code" rows="8" .value=${live(text)} @input=${(event: Event) => {
          text = (event.target as HTMLTextAreaElement).value;
          show();
        }}></textarea><span class="help">${t('postingForm.pasteLotsHelp')}</span></div>
        <p role="status">${t('postingForm.rowsRead', { n: good })}${flagged.length > 0 ? `, ${t('postingForm.rowsFlagged', { n: flagged.length })}` : ''}</p>
        ${listed.length > 0 ? html`<ul class="flagged">${listed}</ul>` : nothing}`,
      confirm: t('postingForm.pasteLotsDo', { n: good }),
      cancel: t('action.cancel'),
      act: () => {
        const rows = rowsFrom(text, parts);
        if (rows.length > 0) form.setLine(line.key, (now) => withRows(now, rows));
        if (flagged.length === 0) return rows.length > 0;
        const lines = text.split(/\r\n|\r|\n/);
        text = flagged.map((row) => lines[row.line - 1] ?? '').join('\n');
        show();
        return false;
      },
    });
  };
  show();
}
