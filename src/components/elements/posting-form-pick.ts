/** What the fields of a posting's form offer beyond lists of masters: lots to take from, codes for new ones. */
import type { PostingFormController } from '../controllers/posting-form.ts';
import type { LineDraft } from '../controllers/posting-form-draft.ts';
import { headerInput } from '../controllers/posting-form-input.ts';
import type { Ledger } from '../core.ts';
import type { Format } from '../i18n/format.ts';
import type { Option } from '../primitives/index.ts';

/** Lots of the current line's item that hold something in the warehouse. */
export async function lotOptions(
  ledger: Ledger | undefined,
  { line, warehouse }: PostingFormController,
  search: string,
  format: Format,
): Promise<readonly Option[]> {
  if (ledger === undefined || line === undefined || warehouse === undefined) return [];
  const filter = { item: line.item.code, warehouse: warehouse.code };
  const page = await ledger.lots.list({ filter, ...(search.trim() ? { search } : {}), limit: 51 });
  return page.items.flatMap((lot) =>
    lot.stock
      .filter((row) => row.warehouse === warehouse.code && row.onHand !== '0')
      .map((row) => ({
        value: `${lot.code}\n${row.location ?? ''}`,
        label: lot.code,
        sub: [row.location, format.quantity(row.available, lot.unit.decimals)].filter(Boolean).join(' · '),
        aside: lot.expiryDate ? format.date(lot.expiryDate) : '',
      })),
  );
}

/** The next code for what is not in lots yet; `''` where there is none, or the line has it already. */
export async function nextCode(
  ledger: Ledger | undefined,
  form: PostingFormController,
  line: LineDraft,
): Promise<string> {
  const type = line.item.lots?.codeType;
  if (ledger === undefined || !type) return '';
  const posting = headerInput(form.draft, form.template);
  const variant = line.variant ? { variant: line.variant } : {};
  const ask = ledger.codeTypes.preview(type, { item: line.item.code, ...variant, posting });
  const [code = ''] = await ask.catch(() => []);
  return line.rows.some((row) => row.code === code) ? '' : code;
}
