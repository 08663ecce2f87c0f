/** The code of a record as a way to it: a real link where the host has an address, a button where it has none. */
import { html, type TemplateResult } from 'lit';
import type { RecordKind } from '../../events.ts';
import type { KindContext } from './kind.ts';

/** A way to a record; `inner` is what is pressed. The host is asked first, by `lot-open`. */
export function openLink(
  context: Pick<KindContext, 'open' | 'href' | 'follow'>,
  kind: RecordKind,
  id: string,
  code: string,
  inner: unknown,
  tabindex = 0,
): TemplateResult {
  const href = context.href(kind, id, code);
  if (href === undefined) {
    return html`<button class="link" type="button" tabindex=${tabindex} data-action="open" @click=${() =>
      context.open(kind, id, code)}>${inner}</button>`;
  }
  return html`<a class="link" href=${href} tabindex=${tabindex} data-action="open" @click=${(
    event: MouseEvent,
  ) => context.follow(event, kind, id, code)}>${inner}</a>`;
}
