/**
 * What a state of an element is: a name, and how it is brought about. One list per element feeds the
 * accessibility runs, the pictures and the pages of the documentation.
 */
import type { LotElement } from '../../src/components/base.ts';
import type { Ledger } from '../../src/core/index.ts';
import type { FakeRemoteOptions, FormPage, RegisterPage, RemoteControl } from '../../src/testing/index.ts';

/** What the ledger holds: nothing but master data, one record of each kind, many, or a small house for forms. */
export type DataName = 'none' | 'one' | 'many' | 'house';

/** What bringing a state about may use. */
export interface Stage {
  readonly element: LotElement;
  /** The ledger behind the wire: for what somebody else does meanwhile. */
  readonly server: Ledger;
  /** The wire between it and the element. */
  readonly remote: RemoteControl;
  readonly register: RegisterPage;
  readonly form: FormPage;
}

/** One state of an element. */
export interface StateSpec {
  /** As in addresses and file names: `empty-filtered`. */
  readonly name: string;
  /** What it shows, for the documentation. */
  readonly about: string;
  readonly data?: DataName;
  readonly attributes?: Readonly<Record<string, string>>;
  /** Properties set before it is in the page. */
  readonly properties?: Readonly<Record<string, unknown>>;
  /** How the wire behaves before the element asks anything. */
  readonly remote?: FakeRemoteOptions;
  /** The host leaves it this much room, in px. */
  readonly width?: number;
  /** It never settles, since an answer is still on its way. */
  readonly unsettled?: boolean;
  /** What somebody does then. */
  readonly act?: (stage: Stage) => Promise<void>;
  /** Something in its text by which a test knows that the state has come about. */
  readonly shows?: string | RegExp;
  /** A selector, looked for through shadow roots, by which a test knows the same. */
  readonly has?: string;
}

/** All states of one element. */
export interface ElementStates {
  readonly tag: string;
  /** Name of the state that stands for the element where one has to. */
  readonly main: string;
  /** Names of the states whose accessibility tree is kept; the main one unless said. */
  readonly trees?: readonly string[];
  readonly states: readonly StateSpec[];
}
