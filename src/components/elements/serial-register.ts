/** `<serial-register>`: every serial number, where it is or who has it. */
import type { Serial } from '../core.ts';
import { RegisterElement } from './register/register-element.ts';
import { serialsKind } from './register/serials.ts';

/**
 * The register of serials. Put it inside `lot-ledger`, or give it a `ledger`.
 *
 * @attr rows - rows of a page, 25 unless said
 * @fires lot-open - a serial is to be opened; cancel it to show it your way
 * @fires lot-create - a new serial is wished for; cancelable
 * @fires lot-state-change - search, filter, sort or page changed
 * @fires lot-error - the list could not be read
 */
export class SerialRegister extends RegisterElement<Serial> {
  protected readonly kind = serialsKind;
}

declare global {
  interface HTMLElementTagNameMap {
    'serial-register': SerialRegister;
  }
}
