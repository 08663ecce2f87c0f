/** Registers `lot-ui-select`. */
import { UiSelect } from '../elements/ui/select.ts';
import { defineElement, prefixOf } from './define-element.ts';

defineElement('lot-ui-select', UiSelect, { prefix: prefixOf(import.meta.url) });
