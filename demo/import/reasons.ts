/** Why a row failed, in a sentence of the reader's language. */
import type { Speech } from '../portal/speech.ts';
import type { RowVerdict } from './job.ts';
import type { Field, Plan } from './plan.mjs';

type Fault = Plan['faults'][number];

/** Sentences for the rows of one plan. */
export function reasonsOf(plan: Plan, speech: Speech): (row: RowVerdict) => string {
  const faults = new Map(plan.faults.map((fault) => [fault.row, fault]));
  return ({ row, verdict }) => {
    const fault = faults.get(row);
    if (fault !== undefined) return faultSentence(fault, speech);
    if (verdict?.code === undefined) return '';
    return speech.sentence(verdict.code, verdict.details ?? {}, verdict.message ?? verdict.code);
  };
}

function faultSentence({ code, path, value }: Fault, { words, sentence }: Speech): string {
  const { reasons, fields } = words.import;
  const name = fields[path as Field];
  switch (code) {
    case 'field.required':
      return reasons.required(name);
    case 'field.tooLong':
      return reasons.tooLong(name);
    case 'date.invalid':
      return reasons.date(value);
    case 'quantity.format':
      return reasons.quantity(value);
    case 'posting.duplicateKey':
      return reasons.differs(name, value);
    case 'command.notApplied':
      return reasons.heldBack(value);
    default:
      return sentence(code, {}, code);
  }
}
