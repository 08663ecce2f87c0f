/** The guide “Put it in your portal”, as it stands in the documentation. */
import { type PageMaker, titleOf } from '../portal/app.ts';
import { h } from '../portal/dom.ts';
import { markdown } from '../portal/markdown.ts';

export const embeddingPage: PageMaker = async (app, route) => {
  const { guide } = await import('virtual:element-docs');
  const { developers } = app.speech.words;
  // the guide is in English, whatever the portal speaks
  const body = h('article', { class: 'prose', lang: 'en' }, markdown(guide, developers.code));
  return { title: titleOf(app, route), body };
};
