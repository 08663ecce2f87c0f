/** `<lot-register>`: every lot, its status, expiry and stock. */
import type { Lot } from '../core.ts';
import { lotsKind } from './register/lots.ts';
import { RegisterElement } from './register/register-element.ts';

/**
 * The register of lots. Put it inside `lot-ledger`, or give it a `ledger`.
 *
 * @attr rows - rows of a page, 25 unless said; room for as many is kept while they are read
 * @attr scroll - `window`: one scroll area over all rows in place of pages
 * @attr selection - `none`: rows cannot be selected
 * @attr url-sync - keeps the state in the address of the page, under the element's id or `lots`
 * @attr hide-toolbar - leaves out title, search, buttons and chips
 * @attr hide-filters - leaves out the row of filters
 * @attr hide-views - leaves out saved views
 * @attr hide-details - rows do not open in place
 * @slot empty - in place of what is said while there are no lots at all
 * @slot no-match - in place of what is said where no lot matches
 * @slot error - in place of what is said when the list could not be read
 * @slot forbidden - in place of what is said where the lots may not be read
 * @fires lot-open - a lot is to be opened; cancel it to show it your way
 * @fires lot-create - a new lot is wished for; cancelable
 * @fires lot-state-change - search, chip, filters, sorts, groups, columns, density or page are about to change; cancelable
 * @fires lot-selection-change - the selection is about to change; cancelable
 * @fires lot-export - a file of all rows that match, or of the selected ones, is wished for; cancel it to write it your way
 * @fires lot-print - all rows that match are to be printed; cancel it to print them your way
 * @fires lot-error - the list could not be read
 * @csspart base toolbar filters chip button field grid header header-sorted header-numeric row row-selected row-open
 *   row-danger row-warn cell cell-numeric group details selection foot loading empty error badge menu popover dialog
 */
export class LotRegister extends RegisterElement<Lot> {
  protected readonly kind = lotsKind;
}

declare global {
  interface HTMLElementTagNameMap {
    'lot-register': LotRegister;
  }
}
