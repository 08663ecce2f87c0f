/** Registers `lot-ledger`. */
import { LotLedger } from '../elements/lot-ledger.ts';
import { defineElement, prefixOf } from './define-element.ts';

defineElement('lot-ledger', LotLedger, { prefix: prefixOf(import.meta.url) });
