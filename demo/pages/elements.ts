/** Every element, for those who build portals: what it is, and the way to its page. */
import { type PageMaker, titleOf } from '../portal/app.ts';
import { h } from '../portal/dom.ts';
import { inline } from '../portal/markdown.ts';

export const elementsPage: PageMaker = async (app, route) => {
  const { elements } = await import('virtual:element-docs');
  const { developers } = app.speech.words;
  const cards = elements.map(({ tagName, description }) =>
    h(
      'li',
      {},
      h('a', { href: `#/elements/${tagName}`, class: 'code' }, `<${tagName}>`),
      h('p', { lang: 'en' }, inline(description)),
    ),
  );
  const body = h(
    'div',
    { class: 'stack' },
    h('p', { class: 'lead' }, developers.intro),
    h('ul', { class: 'cards' }, cards),
  );
  return { title: titleOf(app, route), body };
};
