/** Registers `posting-form`. */
import { PostingForm } from '../elements/posting-form.ts';
import { defineElement, prefixOf } from './define-element.ts';

defineElement('posting-form', PostingForm, { prefix: prefixOf(import.meta.url) });
