/** Registers `lot-ui-check`. */
import { UiCheck } from '../elements/ui/check.ts';
import { defineElement, prefixOf } from './define-element.ts';

defineElement('lot-ui-check', UiCheck, { prefix: prefixOf(import.meta.url) });
