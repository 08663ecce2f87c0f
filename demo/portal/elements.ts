/** What the elements ask for and tell, in terms of the portal's pages. */
import type { App } from './app.ts';
import { addressOf } from './router.ts';

/** Listens to everything that bubbles out of the elements on the page. */
export function hearElements(app: App, main: HTMLElement): void {
  main.addEventListener('lot-open', (event) => {
    event.preventDefault();
    app.go(addressOf(event.detail.kind, event.detail.id));
  });
  main.addEventListener('lot-create', (event) => {
    // a form about to write says what; only the bare wish is a page of ours
    if ('input' in event.detail) return;
    event.preventDefault();
    app.go(event.detail.kind === 'posting' ? '#/postings/new' : '#/lots/new');
  });
  main.addEventListener('lot-cancel', (event) => {
    event.preventDefault();
    app.settled();
    leave(app, event.detail.kind === 'posting' ? '#/postings' : '#/lots');
  });
  main.addEventListener('lot-posted', (event) => {
    app.settled();
    app.say(app.speech.words.posted(event.detail.code), {
      text: app.speech.words.open,
      address: addressOf('posting', event.detail.id),
    });
  });
  main.addEventListener('lot-deleted', (event) => {
    app.settled();
    app.say(app.speech.words.deletedLot(event.detail.code));
    app.go('#/lots');
  });
}

let moves = 0;
addEventListener('hashchange', () => {
  moves += 1;
});

/** Back to where the reader came from; to the list for one who came here directly. */
function leave(app: App, list: string): void {
  if (moves > 0) history.back();
  else app.go(list);
}
