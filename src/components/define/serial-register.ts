/** Registers `serial-register`. */
import { SerialRegister } from '../elements/serial-register.ts';
import { defineElement, prefixOf } from './define-element.ts';

defineElement('serial-register', SerialRegister, { prefix: prefixOf(import.meta.url) });
