/** Registers `lot-view`. */
import { LotView } from '../elements/lot-view.ts';
import { defineElement, prefixOf } from './define-element.ts';

defineElement('lot-view', LotView, { prefix: prefixOf(import.meta.url) });
