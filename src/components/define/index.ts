/**
 * Registers every element. `import 'lotledger/define'` is all a page needs; with `?prefix=acme` behind the
 * address the tags become `acme-lot-register` and so on.
 */
import { LotForm } from '../elements/lot-form.ts';
import { LotLedger } from '../elements/lot-ledger.ts';
import { LotRegister } from '../elements/lot-register.ts';
import { LotView } from '../elements/lot-view.ts';
import { PostingForm } from '../elements/posting-form.ts';
import { PostingRegister } from '../elements/posting-register.ts';
import { SerialRegister } from '../elements/serial-register.ts';
import { UiCheck } from '../elements/ui/check.ts';
import { UiCombobox } from '../elements/ui/combobox.ts';
import { UiField } from '../elements/ui/field.ts';
import { UiSelect } from '../elements/ui/select.ts';
import { type DefineOptions, defineElement, prefixOf } from './define-element.ts';

/** Tag and class of every element; the provider first, so that it is there when the others ask. */
const elements: readonly (readonly [tag: string, element: CustomElementConstructor])[] = [
  ['lot-ledger', LotLedger],
  ['lot-register', LotRegister],
  ['serial-register', SerialRegister],
  ['posting-register', PostingRegister],
  ['lot-form', LotForm],
  ['lot-view', LotView],
  ['posting-form', PostingForm],
  ['lot-ui-field', UiField],
  ['lot-ui-select', UiSelect],
  ['lot-ui-combobox', UiCombobox],
  ['lot-ui-check', UiCheck],
];

/**
 * Registers every element again, under a prefix or in a registry of its own.
 * @example defineLotElements({ prefix: 'acme' }); // <acme-lot-ledger>, <acme-lot-register> …
 */
export function defineLotElements(options: DefineOptions = {}): void {
  for (const [tag, element] of elements) defineElement(tag, element, options);
}

defineLotElements({ prefix: prefixOf(import.meta.url) });
