/** Pages that are one element: a lot, a new lot, a new posting. */
import { type PageMaker, titleOf } from '../portal/app.ts';

export const lotPage: PageMaker = (app, route) => {
  const body = app.keep(`lot:${route.id}`, () => {
    const view = document.createElement('lot-view');
    view.lotId = route.id ?? '';
    return view;
  });
  const parent = { text: app.speech.words.nav.lots, address: '#/lots' };
  return { title: titleOf(app, route), parent, body, titled: true };
};

export const lotNewPage: PageMaker = (app, route) => ({
  title: titleOf(app, route),
  body: app.keep('lot-new', () => document.createElement('lot-form')),
  titled: true,
});

export const postingNewPage: PageMaker = (app, route) => ({
  title: titleOf(app, route),
  body: app.keep('posting-new', () => document.createElement('posting-form')),
  titled: true,
});
