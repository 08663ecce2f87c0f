/** Registers `lot-ui-field`. */
import { UiField } from '../elements/ui/field.ts';
import { defineElement, prefixOf } from './define-element.ts';

defineElement('lot-ui-field', UiField, { prefix: prefixOf(import.meta.url) });
