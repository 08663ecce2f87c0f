/** Registers `lot-form`. */
import { LotForm } from '../elements/lot-form.ts';
import { defineElement, prefixOf } from './define-element.ts';

defineElement('lot-form', LotForm, { prefix: prefixOf(import.meta.url) });
