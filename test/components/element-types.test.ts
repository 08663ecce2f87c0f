/** What TypeScript knows of the elements without being told: tags, events, details. Checked by `tsc`. */
import { expectTypeOf, test } from 'vitest';
import type {
  LotForm,
  LotLedger,
  LotRegister,
  LotView,
  PostingForm,
  PostingRegister,
  RecordDetail,
  SerialRegister,
} from '../../src/components/index.ts';

test('convention 5: a tag gives its element', () => {
  expectTypeOf<HTMLElementTagNameMap['lot-ledger']>().toEqualTypeOf<LotLedger>();
  expectTypeOf<HTMLElementTagNameMap['lot-register']>().toEqualTypeOf<LotRegister>();
  expectTypeOf<HTMLElementTagNameMap['serial-register']>().toEqualTypeOf<SerialRegister>();
  expectTypeOf<HTMLElementTagNameMap['posting-register']>().toEqualTypeOf<PostingRegister>();
  expectTypeOf<HTMLElementTagNameMap['lot-form']>().toEqualTypeOf<LotForm>();
  expectTypeOf<HTMLElementTagNameMap['lot-view']>().toEqualTypeOf<LotView>();
  expectTypeOf<HTMLElementTagNameMap['posting-form']>().toEqualTypeOf<PostingForm>();
});

test('convention 22: a listener knows the detail of its event, on an element and on the page', () => {
  const listen = (register: LotRegister, page: Document): void => {
    register.addEventListener('lot-open', (event) => {
      expectTypeOf(event.detail).toEqualTypeOf<RecordDetail>();
    });
    page.addEventListener('lot-open', (event) => {
      expectTypeOf(event.detail.code).toEqualTypeOf<string>();
    });
  };
  expectTypeOf(listen).returns.toBeVoid();
});
