/** What a new lot would become: its next code, its expiry. Nothing is consumed or reserved by asking. */
import { type Item, type Ledger, type Problem, problemOf } from '../core.ts';
import type { LotDraft } from './lot-form-draft.ts';
import { coreTools } from './lot-form-tools.ts';

export interface LotPreview {
  /** The code type that makes the code, where the item has one. */
  readonly codeType?: string | undefined;
  readonly nextCode?: string | undefined;
  /** Why there is no next code now. */
  readonly codeProblem?: Problem | undefined;
  /** The expiry the shelf life gives; `YYYY-MM-DD`. */
  readonly expiry?: string | undefined;
}

export const noPreview: LotPreview = {};

export interface PreviewQuestion {
  readonly item: Item;
  readonly variant: string;
  readonly draft: LotDraft;
  readonly today: string;
}

async function expiryOf({ item, draft, today }: PreviewQuestion): Promise<string | undefined> {
  const days = item.lots?.shelfLifeDays;
  if (typeof days !== 'number') return undefined;
  const { expiryFrom } = await coreTools();
  try {
    return expiryFrom(draft.dates.startDate.value || today, days, item.lots?.expiryRounding);
  } catch {
    // what cannot be computed is refused when it is created, with its reason
    return undefined;
  }
}

/** The next code and expiry of a lot as it is filled in. */
export async function previewLot(ledger: Ledger, question: PreviewQuestion): Promise<LotPreview> {
  const { item, variant, draft, today } = question;
  const expiry = await expiryOf(question);
  const codeType = item.lots?.codeType ?? undefined;
  if (codeType === undefined || (item.variants.length > 0 && variant === '')) return { codeType, expiry };
  const { supplier, supplierLot, lotType } = draft.texts;
  const posting = {
    date: draft.dates.startDate.value || today,
    expiryDate: draft.dates.expiryDate.value || (expiry ?? null),
    ...(lotType ? { lotType } : {}),
    ...(supplierLot ? { supplierLot } : {}),
    ...(supplier ? { party: { kind: 'supplier', code: supplier } } : {}),
  };
  try {
    const [nextCode] = await ledger.codeTypes.preview(codeType, {
      item: item.code,
      ...(variant ? { variant } : {}),
      posting,
    });
    return { codeType, nextCode, expiry };
  } catch (error) {
    return { codeType, codeProblem: problemOf(error), expiry };
  }
}
