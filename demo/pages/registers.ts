/** The three registers: an element each, kept for the way back with its search, sort and page. */
import { type PageMaker, titleOf } from '../portal/app.ts';

type RegisterTag = 'lot-register' | 'serial-register' | 'posting-register';

export function registerPage(tag: RegisterTag): PageMaker {
  return (app, route) => {
    const body = app.keep(`register:${tag}`, () => {
      const register = document.createElement(tag);
      register.rows = 25;
      // search, filters and sort stand in the address, so that it can be sent to somebody
      register.urlSync = true;
      // serials arrive with postings; nobody makes one by hand here
      register.readonly = tag === 'serial-register';
      return register;
    });
    return { title: titleOf(app, route), body, titled: true, full: true };
  };
}
