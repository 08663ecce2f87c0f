/** `<posting-register>`: every load and unload. */
import type { Posting } from '../core.ts';
import { postingsKind } from './register/postings.ts';
import { RegisterElement } from './register/register-element.ts';

/**
 * The register of postings. Put it inside `lot-ledger`, or give it a `ledger`.
 *
 * @attr rows - rows of a page, 25 unless said
 * @fires lot-open - a posting is to be opened; cancel it to show it your way
 * @fires lot-create - a new posting is wished for; cancelable
 * @fires lot-state-change - search, filter, sort or page changed
 * @fires lot-error - the list could not be read
 */
export class PostingRegister extends RegisterElement<Posting> {
  protected readonly kind = postingsKind;
}

declare global {
  interface HTMLElementTagNameMap {
    'posting-register': PostingRegister;
  }
}
