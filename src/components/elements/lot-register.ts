/** `<lot-register>`: every lot, its status, expiry and stock. */
import type { Lot } from '../core.ts';
import { lotsKind } from './register/lots.ts';
import { RegisterElement } from './register/register-element.ts';

/**
 * The register of lots. Put it inside `lot-ledger`, or give it a `ledger`.
 *
 * @attr rows - rows of a page, 25 unless said
 * @fires lot-open - a lot is to be opened; cancel it to show it your way
 * @fires lot-create - a new lot is wished for; cancelable
 * @fires lot-state-change - search, filter, sort or page changed
 * @fires lot-error - the list could not be read
 */
export class LotRegister extends RegisterElement<Lot> {
  protected readonly kind = lotsKind;
}

declare global {
  interface HTMLElementTagNameMap {
    'lot-register': LotRegister;
  }
}
