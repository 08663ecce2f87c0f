/** Whether the lots and serials of a posting may be used: asks the one rule, refuses or warns. */
import type { ItemRecord } from '../../model/records.ts';
import { LedgerError } from '../../ports/errors.ts';
import { lotSubject, serialSubject } from '../../reading/stock.ts';
import { type Usability, type Use, usability } from '../../rules/usability.ts';
import type { Draft } from './draft.ts';
import type { DraftLot, DraftSerial } from './moves.ts';

export function useOf(draft: Draft): Use {
  const { world, context, date, operation } = draft;
  return {
    intent: world.intent,
    day: date,
    today: context.today,
    allowUnavailable: Boolean(world.template.allowUnavailable),
    forceExpired: context.may('expired.force') && Boolean(context.force?.reason?.trim()),
    sellableBlocks: operation.settings.sellableBlocks,
    direction: world.type,
  };
}

function judge(answer: Usability, draft: Draft, path: string): void {
  const [first] = answer.reasons;
  if (!answer.allowed && first) {
    const reasons = answer.reasons.map((reason) => reason.why);
    throw new LedgerError(first.code, { path, details: { ...first.details, reasons } });
  }
  for (const { code, details } of answer.warnings) draft.operation.warnings.push({ code, path, details });
}

/** @throws LedgerError with the first reason in R43's order; all of them in `details.reasons` */
export function checkLotUse(draft: Draft, lot: DraftLot, item: ItemRecord, path: string): void {
  judge(usability(lotSubject(lot, item, draft.view), useOf(draft)), draft, path);
}

export function checkSerialUse(draft: Draft, serial: DraftSerial, path: string): void {
  judge(usability(serialSubject(serial, draft.view), useOf(draft)), draft, path);
}
