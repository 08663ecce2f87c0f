/** Ways to what a view or a form names: the host's own page where it has one, else the host is asked. */
import { html, type TemplateResult } from 'lit';
import type { RecordKind } from '../events.ts';
import { button } from '../primitives/index.ts';
import type { LinkRef } from '../provider/types.ts';

/** What a way needs of the element it stands in. */
export interface Ways {
  /** The address of a record in the host's portal, where it has one. */
  readonly href: (ref: LinkRef) => string | undefined;
  readonly follow: (event: MouseEvent, ref: LinkRef) => void;
  readonly open: (kind: RecordKind, id: string, code: string) => void;
}

const asRecord = ({ kind }: LinkRef): RecordKind | undefined =>
  kind === 'lot' || kind === 'serial' || kind === 'posting' ? kind : undefined;

/** A way to what is named: a link where the host has an address, else a button for records, else the text. */
export function way(ways: Ways, ref: LinkRef, inner: unknown, action = 'open'): unknown {
  const href = ways.href(ref);
  if (href !== undefined) {
    return html`<a class="link" href=${href} data-action=${action}
      @click=${(event: MouseEvent) => ways.follow(event, ref)}>${inner}</a>`;
  }
  const kind = asRecord(ref);
  if (kind === undefined) return inner;
  return html`<button class="link" type="button" data-action=${action}
    @click=${() => ways.open(kind, ref.id, ref.code)}>${inner}</button>`;
}

/** The same as a button with a label. */
export function wayButton(ways: Ways, ref: LinkRef, label: string, action: string): TemplateResult {
  const href = ways.href(ref);
  if (href !== undefined) {
    return html`<a class="btn" part="button" href=${href} data-action=${action}
      @click=${(event: MouseEvent) => ways.follow(event, ref)}>${label}</a>`;
  }
  const kind = asRecord(ref);
  return button({ label, action, press: () => kind !== undefined && ways.open(kind, ref.id, ref.code) });
}
