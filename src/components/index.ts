/** The elements as classes, without registering them: for hosts that register under their own names. */
export { LotElement } from './base.ts';
export type { SavedView, UserStore } from './controllers/register/types.ts';
export type { Density, LedgerAdapter, LedgerPort, StoreAdapter } from './core.ts';
export { type DefineOptions, defineElement } from './define/define-element.ts';
export { LotForm } from './elements/lot-form.ts';
export { type LedgerConfig, LotLedger } from './elements/lot-ledger.ts';
export { LotRegister } from './elements/lot-register.ts';
export { LotView } from './elements/lot-view.ts';
export { PostingForm } from './elements/posting-form.ts';
export { PostingRegister } from './elements/posting-register.ts';
export { lotActions, postingActions, serialActions } from './elements/register/actions.ts';
export { lotFields } from './elements/register/lot-fields.ts';
export { postingFields } from './elements/register/posting-fields.ts';
export { serialFields } from './elements/register/serial-fields.ts';
export { SerialRegister } from './elements/serial-register.ts';
export { UiCheck } from './elements/ui/check.ts';
export { UiCombobox } from './elements/ui/combobox.ts';
export { UiControl } from './elements/ui/control.ts';
export { UiField } from './elements/ui/field.ts';
export { UiSelect } from './elements/ui/select.ts';
export type {
  AuthDetail,
  CreateDetail,
  ErrorDetail,
  LotEventMap,
  OutputDetail,
  RecordDetail,
  RecordKind,
  RegisterState,
  SelectionDetail,
  WriteDetail,
} from './events.ts';
export type * from './extensions/types.ts';
export type { Catalogue, Message, MessageKey, Messages } from './i18n/catalogue.ts';
export { errorText } from './i18n/error-text.ts';
export { registerCatalogue } from './i18n/load.ts';
export { type AdapterFactory, type AdapterOptions, registerAdapter } from './provider/adapters.ts';
export type {
  Allowed,
  AskedAct,
  Can,
  Headers,
  HostLookups,
  LabelSet,
  Labels,
  Link,
  LinkKind,
  LinkRef,
  Links,
  LookupEntry,
  LookupKind,
  LookupSource,
} from './provider/types.ts';
export { browserStore } from './provider/user-store.ts';
export { VERSION } from './version.ts';
