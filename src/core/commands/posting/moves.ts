/** What an operation moves: lots and serials as it knows them, and the changes it makes to balances. */
import type { LotFact, SerialFact } from '../../model/facts.ts';
import type { LotRecord, SerialRecord } from '../../model/records.ts';

/** What an operation needs of a lot, known or just made. */
export type DraftLot = LotFact &
  Partial<Pick<LotRecord, 'onHand' | 'live' | 'moved' | 'inspected' | 'reserved'>>;
/** What an operation needs of a serial, known or just made. */
export type DraftSerial = SerialFact &
  Partial<
    Pick<
      SerialRecord,
      'warehouse' | 'location' | 'live' | 'lastDate' | 'reserved' | 'reservation' | 'recall' | 'parent'
    >
  >;

/** The net change of one balance by a whole operation. */
export interface Delta {
  /** Id of the balance. */
  readonly id: string;
  readonly lot: DraftLot | null;
  readonly item: string;
  readonly variant: string | null;
  readonly decimals: number;
  readonly warehouse: string;
  readonly location: string | null;
  /** Row to blame. */
  readonly path: string;
  steps: number;
}

/** A serial on its way in or out, linked to what the same operation did with it before. */
export interface SerialMove {
  readonly serial: DraftSerial;
  readonly arrives: boolean;
  readonly warehouse: string;
  readonly location: string | null;
  readonly path: string;
  readonly before: SerialMove | null;
}
