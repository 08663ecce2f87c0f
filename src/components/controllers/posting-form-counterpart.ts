/**
 * The opposite side of a posting: which templates a form can post with, and where that side lies. What happens
 * there the ledger decides; the form only asks for a place.
 */
import type { Template, Warehouse, WarehouseLocation } from '../../core/index.ts';
import type { Ledger, Posting } from '../core.ts';
import type { HeaderDraft, PostingDraft, TemplateTerms } from './posting-form-draft.ts';
import type { Requests } from './requests.ts';

/** What of a template tells whether it has an opposite side, and which. */
type Sided = Pick<TemplateTerms, 'type' | 'intent' | 'counterpart' | 'explodeComponents'>;

/**
 * Whether a posting's form can post with a template. Counts, and lots that are made of lots, have their own
 * ways; a transfer is posted where it leaves; a production only where the components follow from the product.
 */
export function isOffered(template: Sided & Pick<Template, 'counting' | 'createsLotFromLot'>): boolean {
  if (template.counting || template.createsLotFromLot) return false;
  if (template.counterpart === null) return true;
  if (template.intent === 'transfer') return template.type === 'unload';
  return template.intent !== 'production' || template.explodeComponents;
}

/** What the opposite side of a posting is: where it arrives, or where its components come from. */
export function sideOf(template: Sided | undefined): 'transfer' | 'production' | undefined {
  if (template?.counterpart == null) return undefined;
  return template.intent === 'transfer' || template.intent === 'production' ? template.intent : undefined;
}

/** The opposite side, as far as it is known. */
export interface Side {
  readonly kind: 'transfer' | 'production';
  /** Code of its warehouse. */
  readonly code: string;
  readonly warehouse: Warehouse | undefined;
  /** Its template's own place; undefined while that is being read. */
  readonly usual: string | null | undefined;
}

const same = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

/** The place of the opposite side as typed, where it is known. */
export const placeAt = (side: Side | undefined, location: string): WarehouseLocation | undefined =>
  side?.warehouse?.locations.find(({ code }) => same(code, location));

/** Whether somebody has to say where a transfer goes. */
export function wantsPlace(side: Side | undefined, location: string): boolean {
  if (side?.kind !== 'transfer' || location.trim() !== '' || side.usual) return false;
  return (side.warehouse?.locations.length ?? 0) > 0;
}

/** The form it belongs to. */
export interface BesideForm {
  readonly host: {
    readonly ledger: () => Ledger | undefined;
    readonly requests: Requests;
    readonly changed: () => void;
    readonly refused: (error: unknown) => void;
  };
  readonly draft: PostingDraft;
  readonly template: Template | undefined;
  readonly warehouses: readonly Warehouse[];
  readonly posted: Posting | undefined;
  setHeader(patch: Partial<HeaderDraft>): void;
}

/** The opposite side of a posting that is written, and of the one that was. */
export class PostingBeside {
  readonly #form: BesideForm;
  /** A template, and the place the one on its opposite side has of its own. */
  #usual: { readonly of: string; readonly location: string | null } | undefined;
  #posted: { readonly of: string; readonly posting: Posting } | undefined;

  constructor(form: BesideForm) {
    this.#form = form;
  }

  /** Where a transfer goes, or components come from. */
  get side(): Side | undefined {
    const { template, warehouses } = this.#form;
    const kind = sideOf(template);
    const code = template?.counterpart?.warehouse;
    if (kind === undefined || code === undefined) return undefined;
    const usual = this.#usual?.of === template?.id ? this.#usual?.location : undefined;
    return { kind, code, warehouse: warehouses.find((each) => each.code === code), usual };
  }

  /** Whether it goes to a place that takes in what may not be used. */
  get intoQuarantine(): boolean {
    const { side } = this;
    if (side?.kind !== 'transfer') return false;
    return (
      placeAt(side, this.#form.draft.header.counterpartLocation || (side.usual ?? ''))?.quarantine === true
    );
  }

  /** The opposite side of what was posted, once it is known. */
  get posted(): Posting | undefined {
    return this.#posted !== undefined && this.#posted.of === this.#form.posted?.id
      ? this.#posted.posting
      : undefined;
  }

  /** Reads the place the opposite side's template has of its own, and begins with it. */
  async read(template: Template | undefined): Promise<void> {
    const { host } = this.#form;
    const ledger = host.ledger();
    const { side } = this;
    const code = template?.counterpart?.template;
    if (ledger === undefined || template === undefined || side === undefined || code === undefined) return;
    const ask = () => ledger.templates.get({ warehouse: side.code, code });
    const read = await host.requests.run('side', ask).catch((error) => void host.refused(error));
    if (read === undefined || read.stale || this.#form.template?.id !== template.id) return;
    const { defaultLocation: location } = read.value;
    this.#usual = { of: template.id, location };
    if (side.kind === 'transfer' && location !== null && this.#form.draft.header.counterpartLocation === '')
      this.#form.setHeader({ counterpartLocation: location });
    else host.changed();
  }

  /** Reads the opposite side of what was posted, to name it too. */
  async readPosted({ id, counterpart }: Posting): Promise<void> {
    const { host } = this.#form;
    const ledger = host.ledger();
    if (ledger === undefined || counterpart === null) return;
    const ask = () => ledger.postings.get(counterpart);
    const read = await host.requests.run('beside', ask).catch((error) => void host.refused(error));
    if (read === undefined || read.stale) return;
    this.#posted = { of: id, posting: read.value };
    host.changed();
  }
}
