/** One posting with its lines, lots and serials, and the way to take it back. */
import type { App, PageMaker, PageView } from '../portal/app.ts';
import { type Child, h } from '../portal/dom.ts';
import { addressOf } from '../portal/router.ts';
import { ask, facts, panel, table } from './parts.ts';
import { absent } from './serial.ts';

type Posting = Awaited<ReturnType<App['ledger']['postings']['get']>>;
type Line = Posting['lines'][number];

/** Serials of a line that are named; the others are counted. */
const SHOWN = 24;

export const postingPage: PageMaker = async (app, { id = '' }) => {
  try {
    return postingView(app, await app.ledger.postings.get(id));
  } catch (error) {
    return absent(app, error, app.speech.words.titles.posting);
  }
};

function postingView(app: App, posting: Posting): PageView {
  const { words } = app.speech;
  const { record } = words;
  const open = !posting.reversed && posting.reverses === null;
  const reverse = h(
    'button',
    { type: 'button', class: 'btn', id: 'reverse', click: () => askReverse(app, posting) },
    words.reverse.act,
  );
  const body = h(
    'div',
    { class: 'stack' },
    h('div', { class: 'panel padded' }, about(app, posting)),
    panel(record.lines, {}, lines(app, posting)),
  );
  const title = `${words.titles.posting} ${posting.numberText}`;
  const parent = { text: words.nav.postings, address: '#/postings' };
  return { title, parent, body, actions: open ? [reverse] : [] };
}

function about(app: App, posting: Posting): HTMLElement {
  const { words, date, time } = app.speech;
  const { record } = words;
  const { document: paper, party, reverses } = posting;
  const rows: [string, Child][] = [
    [record.kind, posting.type === 'load' ? record.load : record.unload],
    [record.date, date(posting.date)],
    [record.warehouse, posting.warehouse],
    [record.template, posting.template],
    [record.party, party ? (party.name ?? party.code) : words.none],
    [record.document, paper?.number ? h('bdi', { class: 'code' }, paper.number) : words.none],
    [record.recorded, `${time(posting.recordedAt)}, ${posting.actor}`],
  ];
  if (posting.note) rows.push([record.note, posting.note]);
  if (posting.reason) rows.push([record.reason, posting.reason]);
  if (posting.reversed) rows.push([record.reversed, words.yes]);
  if (posting.counterpart) {
    const other = h('a', { href: addressOf('posting', posting.counterpart) }, words.open);
    rows.push([record.counterpart, other]);
  }
  if (reverses) rows.push([record.reverses, h('a', { href: addressOf('posting', reverses) }, words.open)]);
  return facts(rows);
}

function lines(app: App, { lines: all, type }: Posting): HTMLElement {
  const { words, quantity, number } = app.speech;
  const { record } = words;
  const signed = (value: string): string => `${type === 'load' ? '+' : '−'}${quantity(value)}`;
  const lots = ({ lots: rows }: Line): Child =>
    rows.length === 0
      ? words.none
      : h(
          'ul',
          { class: 'bare' },
          rows.map((lot) =>
            h(
              'li',
              {},
              h('a', { class: 'code', href: addressOf('lot', lot.id) }, lot.code),
              ` ${quantity(lot.quantity)}`,
              lot.location ? h('span', { class: 'faint' }, ` ${lot.location}`) : null,
            ),
          ),
        );
  const serials = ({ serials: rows }: Line): Child => {
    if (rows.length === 0) return words.none;
    const links = rows
      .slice(0, SHOWN)
      .map(({ id, code }) => [h('a', { class: 'code', href: addressOf('serial', id) }, code), ' ']);
    const rest = rows.length - SHOWN;
    return h('span', { class: 'many' }, links, rest > 0 ? record.andMore(number(rest)) : null);
  };
  return table<Line>(
    record.lines,
    [
      { head: record.item, cell: (line) => h('b', {}, line.item) },
      { head: record.quantity, number: true, cell: (line) => signed(line.quantity) },
      { head: record.unit, cell: (line) => line.unit },
      { head: record.place, cell: (line) => line.location ?? words.none },
      { head: record.lots, cell: lots },
      { head: record.serials, cell: serials },
    ],
    all,
  );
}

function askReverse(app: App, posting: Posting): void {
  const { reverse, reversed } = app.speech.words;
  ask(app, {
    title: reverse.title(posting.numberText),
    text: reverse.text,
    input: reverse.reason,
    confirm: reverse.confirm,
    act: async (reason) => {
      const today = (await app.ledger.postings.list({ limit: 1 })).asOf.date;
      const made = await app.ledger.postings.reverse(posting.id, { date: today, reason });
      app.say(reversed(made.numberText));
      app.go(addressOf('posting', made.id));
    },
  });
}
