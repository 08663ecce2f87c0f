/** The list of keys that work in a register. */
import { html, type TemplateResult } from 'lit';
import type { MessageKey } from '../../i18n/catalogue.ts';
import type { Format } from '../../i18n/format.ts';

type Keys = readonly (readonly [keys: readonly (string | MessageKey)[], what: MessageKey])[];

const moving: Keys = [
  [['key.arrows'], 'key.move'],
  [['Home', 'End'], 'key.ends'],
  [['PgUp', 'PgDn'], 'key.pages'],
  [['Ctrl Home', 'Ctrl End'], 'key.corners'],
  [['Enter'], 'key.open'],
  [['→'], 'key.expand'],
  [['←'], 'key.collapse'],
  [['⇧ F10'], 'key.menu'],
];
const selecting: Keys = [
  [['key.space', '⇧ '], 'key.tick'],
  [['Ctrl A'], 'key.tickAll'],
  [['Ctrl C'], 'key.copy'],
  [['Ctrl ⇧ C'], 'key.copyRows'],
];
const heading: Keys = [
  [['⇧ Enter'], 'key.sortMore'],
  [['Ctrl ←', 'Ctrl →'], 'key.columnMove'],
  [['⇧ ←', '⇧ →'], 'key.columnWidth'],
  [['F2'], 'key.edit'],
  [['F9', 'F4'], 'key.values'],
];
const rest: Keys = [
  [['/'], 'key.search'],
  [['Esc'], 'key.back'],
  [['?'], 'key.help'],
];

/** The body of the dialog: what is pressed, and what it does. */
export function keyList(format: Format, ticks: boolean): TemplateResult {
  const shown = [...moving, ...(ticks ? selecting : selecting.slice(2)), ...heading, ...rest];
  const name = (key: string): string => {
    if (key === '⇧ ') return `⇧ ${format.text('key.space')}`;
    return format.has(key) ? format.text(key) : key;
  };
  return html`<p class="muted">${format.text('register.keysHelp')}</p><dl class="keys">${shown.map(
    ([keys, what]) =>
      html`<dt>${keys.map((key) => html`<kbd class="kbd">${name(key)}</kbd> `)}</dt><dd>${format.text(what)}</dd>`,
  )}</dl>`;
}
