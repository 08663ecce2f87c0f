/** Registers `lot-register`. */
import { LotRegister } from '../elements/lot-register.ts';
import { defineElement, prefixOf } from './define-element.ts';

defineElement('lot-register', LotRegister, { prefix: prefixOf(import.meta.url) });
