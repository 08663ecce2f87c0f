/** Where an address leads nowhere. */
import { type PageMaker, titleOf } from '../portal/app.ts';
import { h } from '../portal/dom.ts';
import { home } from '../portal/router.ts';

export const missingPage: PageMaker = (app, route) => {
  const { words } = app.speech;
  const body = h(
    'div',
    { class: 'panel padded' },
    h('p', {}, words.missingText),
    h('p', {}, h('a', { href: home }, words.missingLink)),
  );
  return { title: titleOf(app, { ...route, name: 'missing' }), body };
};
