/** The elements as classes, without registering them: for hosts that register under their own names. */
export { LotElement } from './base.ts';
export type { Density } from './core.ts';
export { type DefineOptions, defineElement } from './define/define-element.ts';
export { LotForm } from './elements/lot-form.ts';
export { type LedgerConfig, LotLedger } from './elements/lot-ledger.ts';
export { LotRegister } from './elements/lot-register.ts';
export { LotView } from './elements/lot-view.ts';
export { PostingForm } from './elements/posting-form.ts';
export { PostingRegister } from './elements/posting-register.ts';
export { SerialRegister } from './elements/serial-register.ts';
export type {
  CreateDetail,
  ErrorDetail,
  LotEventMap,
  RecordDetail,
  RecordKind,
  RegisterState,
  WriteDetail,
} from './events.ts';
export type { Catalogue, Message, MessageKey, Messages } from './i18n/catalogue.ts';
export { errorText } from './i18n/error-text.ts';
export { registerCatalogue } from './i18n/load.ts';
export { VERSION } from './version.ts';
