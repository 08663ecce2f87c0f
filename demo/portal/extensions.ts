/**
 * What the portal itself adds to the elements, by the shapes every host has: a column with the number of a
 * lot's certificate, kept elsewhere, and an action that prints labels for the shelf.
 */
import type { Lot } from 'lotledger';
import type { Extension } from '../../src/components/extensions/types.ts';
import type { App } from './app.ts';

interface Certificate {
  readonly number: string;
}

const CERTIFICATES = 100_000;

/** A number that stays with the lot, as the archive of a laboratory would give. */
function certificateOf({ code }: Lot): Certificate {
  let sum = 7;
  for (const letter of code) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % CERTIFICATES;
  return { number: `LAB-${String(sum).padStart(5, '0')}` };
}

/** The portal's own fields and actions. */
export const extensionsOf = (app: App): Extension<Lot, Certificate>[] => [
  {
    id: 'northvale',
    on: 'lot',
    load: async (lots) => Object.fromEntries(lots.map((lot) => [lot.id, certificateOf(lot)])),
    fields: [
      {
        key: 'certificate',
        label: () => app.speech.words.certificate,
        type: 'code',
        value: (_lot, data) => data?.number ?? null,
        from: 74,
      },
    ],
    actions: [
      {
        id: 'shelf-label',
        label: () => app.speech.words.printShelfLabel,
        scope: ['row', 'selection', 'record'],
        run: ({ records, count = records.length }) =>
          app.say(app.speech.words.shelfLabels(app.speech.number(count))),
      },
    ],
  },
];
