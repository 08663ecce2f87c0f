/**
 * What a provider gives to the elements around which it stands, and the shapes a host fills it with: its own
 * lists, its routes, who may do what, its texts, its extensions. Types only.
 */
import type { UserStore } from '../controllers/register/types.ts';
import type { Density, Ledger } from '../core.ts';
import type { RecordKind } from '../events.ts';
import type { AnyExtension } from '../extensions/types.ts';
import type { Message, MessageKey } from '../i18n/catalogue.ts';

/** One entry of a host's list: what is stored is its code. */
export interface LookupEntry {
  readonly code: string;
  readonly description?: string | null;
  /** Its page in the host's portal. */
  readonly url?: string | null;
}

/** A list of the host's own, searched by the forms in place of the ledger's. */
export interface LookupSource {
  /** What matches a text, the best first, at most `limit`; the signal says that nobody waits any more. */
  search(
    text: string,
    options: { readonly signal: AbortSignal; readonly limit: number },
  ): Promise<readonly LookupEntry[]>;
  /** The entries of these codes; one that is not known is left out. */
  get?(codes: readonly string[]): Promise<readonly LookupEntry[]>;
}

/** What a host may bring lists of. */
export type LookupKind = 'items' | 'parties' | 'warehouses' | 'documents';
/** @example provider.lookups = { items: { search: (text) => api.items(text), get: (codes) => api.byCodes(codes) } }; */
export type HostLookups = { readonly [K in LookupKind]?: LookupSource };

/** What has a page of its own in a portal. */
export type LinkKind = RecordKind | 'item' | 'party' | 'warehouse' | 'document';

/** What is linked to. */
export interface LinkRef {
  readonly kind: LinkKind;
  readonly id: string;
  readonly code: string;
  /** More of it, by name, for templates that ask for it: `{item}`. */
  readonly [more: string]: string | undefined;
}

/** An address with `{code}`, `{id}` and other names of the reference in it, or a function that gives one. */
export type Link = string | ((ref: LinkRef) => string | null | undefined);
/** @example provider.links = { lot: '/stock/lots/{code}', item: ({ code }) => router.resolve('item', code) }; */
export type Links = { readonly [K in LinkKind]?: Link };

/** An act that is asked for, by the names of the ledger's permissions and of the extensions' actions. */
export interface AskedAct {
  readonly action: string;
  readonly kind?: RecordKind;
  readonly id?: string;
  readonly field?: string;
}

/** true = offered; false = not there; a text = there, but locked for this reason. */
export type Allowed = boolean | string;
/** A function of the act, or answers by the act's name; what is not named is allowed. */
export type Can =
  | ((act: AskedAct) => Allowed | Promise<Allowed>)
  | { readonly [action: string]: Allowed | (() => Allowed | Promise<Allowed>) };

/** Texts by key; keys of the host's own are welcome, for its extensions. */
export type LabelSet = Partial<Record<MessageKey, Message>> & { readonly [key: string]: Message | undefined };
/** Texts for every language, and by language: `{ 'lots.title': 'Batches', it: { 'lots.title': 'Partite' } }`. */
export type Labels = Partial<Record<MessageKey, Message>> & {
  readonly [keyOrLocale: string]: Message | LabelSet | undefined;
};

/** Headers for the adapter's requests, as they are or asked for each time. */
export type Headers =
  | Readonly<Record<string, string>>
  | (() => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>);

/**
 * The version of the agreement between providers and elements. It grows when an older element could no
 * longer work under a newer provider; additions do not count.
 */
export const CONTRACT = 1;

/** What a provider tells its elements: a ledger, or why there is none yet, and what the host said. */
export interface Provided {
  readonly contract: number;
  /** Version of the package the provider is of. */
  readonly version: string;
  readonly state: 'opening' | 'open' | 'failed';
  readonly ledger?: Ledger;
  readonly error?: unknown;
  /** Opens again after a failure. */
  readonly retry?: () => void;
  /** Calls are held until somebody has signed in again; `resume` sends them. `changes`: how many of them write. */
  readonly held?: { readonly resume: () => void; readonly changes?: number };
  /** false: elements read when asked, and do not hear of changes. */
  readonly feed?: boolean;
  readonly locale?: string;
  readonly density?: Density;
  readonly timeZone?: string;
  /** Which ledger this is and who acts, by name: what is kept for a user is kept apart by them. */
  readonly keeps?: { readonly ledger: string; readonly user: string };
  readonly lookups?: HostLookups;
  readonly links?: Links;
  readonly can?: Can;
  readonly userStore?: UserStore;
  readonly extensions?: readonly AnyExtension[];
  /** The outermost provider's first. */
  readonly labels?: readonly Labels[];
}
