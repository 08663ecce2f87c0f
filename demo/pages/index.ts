/** Every page of the portal by the name of its route. */
import type { PageMaker } from '../portal/app.ts';
import { elementPage } from './element.ts';
import { elementsPage } from './elements.ts';
import { embeddingPage } from './embedding.ts';
import { lotNewPage, lotPage, postingNewPage } from './forms.ts';
import { importPage } from './import.ts';
import { missingPage } from './missing.ts';
import { postingPage } from './posting.ts';
import { registerPage } from './registers.ts';
import { serialPage } from './serial.ts';
import { settingsPage } from './settings.ts';

export const pages: Readonly<Record<string, PageMaker>> = {
  lots: registerPage('lot-register'),
  serials: registerPage('serial-register'),
  postings: registerPage('posting-register'),
  lot: lotPage,
  'lot-new': lotNewPage,
  'posting-new': postingNewPage,
  serial: serialPage,
  posting: postingPage,
  import: importPage,
  elements: elementsPage,
  element: elementPage,
  embedding: embeddingPage,
  settings: settingsPage,
  missing: missingPage,
};
