/** The page of one element: live, its interface from the manifest, and what is written of it by hand. */
import type { PageMaker } from '../portal/app.ts';
import { h } from '../portal/dom.ts';
import { inline, markdown } from '../portal/markdown.ts';
import { apiTables } from './element-api.ts';
import { liveElement } from './element-live.ts';
import { panel } from './parts.ts';

export const elementPage: PageMaker = async (app, route) => {
  const { elements, parts } = await import('virtual:element-docs');
  const { words } = app.speech;
  const { developers } = words;
  const parent = { text: words.titles.elements, address: '#/elements' };
  const element = elements.find(({ tagName }) => tagName === route.id);
  if (element === undefined) {
    return { title: words.titles.elements, parent, body: h('p', { class: 'panel' }, developers.missing) };
  }
  const body = h(
    'div',
    { class: 'stack wide' },
    h('p', { class: 'lead', lang: 'en' }, inline(element.description)),
    liveElement(app, element),
    panel(developers.api, {}, apiTables(element, developers)),
    h(
      'article',
      { class: 'prose panel', lang: 'en' },
      markdown(parts[element.tagName] ?? '', developers.code),
    ),
  );
  return { title: `<${element.tagName}>`, parent, body };
};
