/** What a ledger answers, as far as it is compared, and what must become of a command. */

/** The part of an accepted posting that is compared. */
export interface PostResult {
  readonly id: string;
  readonly number: number;
  /** The other posting of a pair. */
  readonly counterpart?: PostResult;
  /** Of a correction: what took the line back. */
  readonly reversal?: PostResult;
  /** Of a count: its postings, losses first. */
  readonly postings?: readonly PostResult[];
  /** Of a recall: what it covers. */
  readonly scope?: readonly {
    readonly kind: string;
    readonly item: string;
    readonly variant: string | null;
    readonly code: string;
  }[];
  /** Of a commitment: what it became. */
  readonly reservations?: readonly {
    readonly id: string;
    readonly lot: string | null;
    readonly serial: string | null;
    readonly location: string | null;
    readonly quantity: string;
  }[];
  readonly lines: readonly {
    readonly id: string;
    readonly lots: readonly {
      readonly code: string;
      readonly quantity: string;
      readonly location: string | null;
    }[];
    readonly serials: readonly { readonly code: string; readonly location: string | null }[];
  }[];
}

/** What must become of a command: refused with one of these codes, or accepted and then settled. */
export type Verdict =
  | { readonly ok: false; readonly codes: readonly string[]; readonly receipt: boolean }
  /** `settle` writes it down; it answers what is wrong with the ledger's result, or null. */
  | { readonly ok: true; readonly settle: (result: PostResult | undefined) => string | null };
