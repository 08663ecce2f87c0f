/** The rows a decided line is recorded with: what was on the paper of the day (R32). */
import type { PostingLotRow, PostingSerialRow } from '../../model/records.ts';
import type { DraftLot, DraftSerial } from './moves.ts';

/** Lot rows and serial rows of a line; `location` where the line moves stock without lots. */
export interface Rows {
  readonly lots: readonly PostingLotRow[];
  readonly serials: readonly PostingSerialRow[];
  readonly location?: string | null;
}

export const lotRowOf = (
  lot: DraftLot,
  location: string | null,
  quantity: number,
  note: string | null,
): PostingLotRow => ({
  lot: lot.id,
  code: lot.code,
  quantity,
  location,
  startDate: lot.startDate,
  expiryDate: lot.expiryDate,
  supplierLot: lot.supplierLot,
  note,
});

export const serialRowOf = (
  serial: DraftSerial,
  lot: Pick<DraftLot, 'id' | 'code'> | null,
  location: string | null,
): PostingSerialRow => ({
  serial: serial.id,
  code: serial.code,
  lot: lot?.id ?? null,
  lotCode: lot?.code ?? null,
  location,
});
