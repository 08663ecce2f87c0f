/** What hosts read of policies on lots: block rules, steps of the workflow, inspections, alerts. */
import type { AlertDate } from './inputs.ts';
import type { AsOf, MasterView } from './views.ts';

interface Coded extends MasterView {
  readonly code: string;
  readonly description: string | null;
}

/** What takes future receipts into quarantine (R51). */
export interface BlockRule extends Coded {
  readonly item: string | null;
  readonly codePattern: string | null;
  readonly supplier: string | null;
  readonly supplierLot: string | null;
  /** First and last posting date it concerns. */
  readonly from: string | null;
  readonly to: string | null;
  /** Code of the status a lot gets. */
  readonly status: string;
  readonly active: boolean;
}

/** A step of the workflow (R48). */
export interface Transition extends Coded {
  readonly kind: 'lot' | 'serial';
  /** Statuses it starts from, `null` among them for none; null = from any. */
  readonly from: readonly (string | null)[] | null;
  /** Where it leads: a status, `null` for none; absent where it leaves the status alone. */
  readonly to?: string | null;
  /** What else it sets; null where it leaves that alone. */
  readonly sellable: boolean | null;
  readonly closed: boolean | null;
  readonly cancelled: boolean | null;
}

/** An inspection of a lot (R49, R50). */
export interface Inspection {
  readonly id: string;
  readonly version: number;
  /** Code and id of the lot. */
  readonly lot: string;
  readonly lotId: string;
  readonly item: string;
  readonly variant: string | null;
  readonly openedAt: string;
  /** The last day of it; null while it is open. */
  readonly finishedAt: string | null;
  readonly finished: boolean;
  readonly result: 'pass' | 'fail' | null;
  readonly inspector: string | null;
  readonly note: string | null;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A date of a lot that comes near, or has passed (R40). */
export interface Alert {
  /** Id and code of the lot. */
  readonly lot: string;
  readonly code: string;
  readonly item: string;
  readonly variant: string | null;
  /** Which date of the lot, and how many days before it: the alert as the item's settings have it. */
  readonly date: AlertDate;
  readonly days: number;
  /** The date itself, and the days left to it: 0 on it, negative after it. */
  readonly on: string;
  readonly daysLeft: number;
  /** What is there of the lot: in the warehouse asked for, or in all. */
  readonly onHand: string;
  /** Who has seen it; null while nobody has, or since the date was moved. */
  readonly acknowledged: {
    readonly at: string;
    readonly actor: string;
    readonly note: string | null;
  } | null;
}

/** A page of alerts, the most urgent first. */
export interface AlertPage {
  readonly items: readonly Alert[];
  readonly next?: string;
  readonly asOf: AsOf;
}
