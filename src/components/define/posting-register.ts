/** Registers `posting-register`. */
import { PostingRegister } from '../elements/posting-register.ts';
import { defineElement, prefixOf } from './define-element.ts';

defineElement('posting-register', PostingRegister, { prefix: prefixOf(import.meta.url) });
