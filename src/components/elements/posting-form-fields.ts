/** The header of a posting in the shape a host's own fields are made of. */
import type { PartyKind } from '../controllers/posting-form-draft.ts';
import type { Posting } from '../core.ts';
import type { Extension, FieldChoice, FieldExtension } from '../extensions/types.ts';
import type { MessageKey } from '../i18n/catalogue.ts';

/** Documents a posting may be for, in the order a clerk meets them. */
const documents = [
  'purchaseDeliveryNote',
  'purchaseOrder',
  'purchaseInvoice',
  'salesOrder',
  'salesDeliveryNote',
  'salesInvoice',
  'pickingList',
  'productionOrder',
  'productionReport',
  'transferOrder',
  'subcontractDelivery',
  'subcontractReturn',
  'customerReturn',
  'supplierReturn',
  'countSheet',
  'other',
] as const;

const kinds: readonly PartyKind[] = ['supplier', 'customer', 'other'];

const documentChoices: readonly FieldChoice[] = documents.map((type) => ({
  value: type,
  label: (format) => format.word('document', type),
}));
const kindChoices: readonly FieldChoice[] = kinds.map((kind) => ({
  value: kind,
  label: `postingForm.${kind}`,
}));

/** What decides the words of the header. */
export interface HeaderTerms {
  readonly partyKind: PartyKind;
  readonly side: 'transfer' | 'production' | undefined;
}

function headerFields({ partyKind, side }: HeaderTerms): readonly FieldExtension<Posting>[] {
  const there: MessageKey =
    side === 'production' ? 'postingForm.componentsLocation' : 'postingForm.toLocation';
  return [
    { key: 'warehouse', label: 'word.warehouse', type: 'code', required: true },
    { key: 'template', label: 'word.template', type: 'code', required: true },
    { key: 'counterpart', label: there, type: 'code' },
    { key: 'date', label: 'postingForm.date', type: 'date', required: true },
    {
      key: 'partyKind',
      label: 'postingForm.partyKind',
      type: 'text',
      choices: kindChoices,
      value: ({ party }) => party?.kind,
    },
    { key: 'party', label: `postingForm.${partyKind}`, type: 'code', value: ({ party }) => party?.code },
    {
      key: 'partyName',
      label: 'postingForm.partyName',
      type: 'text',
      value: ({ party }) => party?.name,
    },
    {
      key: 'documentType',
      label: 'postingForm.documentType',
      type: 'text',
      choices: documentChoices,
      value: ({ document }) => document?.type,
    },
    {
      key: 'documentNumber',
      label: 'postingForm.documentNumber',
      type: 'code',
      value: ({ document }) => document?.number,
    },
    {
      key: 'documentDate',
      label: 'postingForm.documentDate',
      type: 'date',
      value: ({ document }) => document?.date,
    },
    { key: 'note', label: 'word.note', type: 'text' },
  ];
}

/** The built-in extension of a posting that is written. */
export const postingRecord = (terms: HeaderTerms): Extension<Posting> => ({
  id: 'lotledger.posting',
  on: 'posting',
  fields: headerFields(terms),
});
