/** Registers `lot-ui-combobox`. */
import { UiCombobox } from '../elements/ui/combobox.ts';
import { defineElement, prefixOf } from './define-element.ts';

defineElement('lot-ui-combobox', UiCombobox, { prefix: prefixOf(import.meta.url) });
