/**
 * The little of Markdown that the guides use, as elements: headings, paragraphs, lists, tables, code. Nothing
 * is set as markup, so that the strict policy of the portal holds for texts too.
 */
import { type Child, h } from './dom.ts';

const INLINE = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*]+)\*|\[([^\]]+)\]\(([^)]+)\)/g;

/** Text with code, emphasis and links in it. */
export function inline(text: string): Child[] {
  const parts: Child[] = [];
  let from = 0;
  for (const match of text.matchAll(INLINE)) {
    parts.push(text.slice(from, match.index));
    from = match.index + match[0].length;
    const [, code, strong, weak, label, address = ''] = match;
    if (code !== undefined) parts.push(h('code', {}, code));
    else if (strong !== undefined) parts.push(h('strong', {}, inline(strong)));
    else if (weak !== undefined) parts.push(h('em', {}, weak));
    else parts.push(link(label ?? '', address));
  }
  return [...parts, text.slice(from)];
}

/** Pages of the guides are pages of the portal; what is none of them stays text. */
function link(label: string, address: string): Child {
  const element = /(?:^|\/)((?:lot|serial|posting)-[a-z-]+)\.md/.exec(address)?.[1];
  if (element !== undefined) return h('a', { href: `#/elements/${element}` }, inline(label));
  if (address.includes('embedding.md')) return h('a', { href: '#/embedding' }, inline(label));
  return h('span', {}, inline(label));
}

/** Cells of a row of a table. */
const cellsOf = (line: string): string[] =>
  line
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));

function table(lines: readonly string[]): HTMLElement {
  const [head = [], ...rows] = lines
    .map(cellsOf)
    .filter((cells) => !cells.every((cell) => /^-+$/.test(cell)));
  const heads = head.map((cell) => h('th', { scope: 'col' }, inline(cell)));
  const body = rows.map((cells) =>
    h(
      'tr',
      {},
      cells.map((cell) => h('td', {}, inline(cell))),
    ),
  );
  const label = head.filter(Boolean).join(', ');
  return h(
    'div',
    { class: 'scroll', role: 'group', 'aria-label': label, tabindex: 0 },
    h('table', {}, h('thead', {}, h('tr', {}, heads)), h('tbody', {}, body)),
  );
}

/** A block of code that can be reached by keyboard, since it may scroll. */
export const codeBlock = (text: string, label: string): HTMLElement =>
  h('pre', { class: 'code-block', tabindex: 0, role: 'group', 'aria-label': label }, h('code', {}, text));

function block(lines: readonly string[], code: string): Child {
  const [first = ''] = lines;
  if (first.startsWith('```')) return codeBlock(lines.slice(1).join('\n'), code);
  if (first.startsWith('|')) return table(lines);
  if (/^- /.test(first)) {
    const items = lines.join('\n').split(/^- /m).slice(1);
    return h(
      'ul',
      {},
      items.map((item) => h('li', {}, inline(item.replace(/\s+/g, ' ').trim()))),
    );
  }
  const heading = /^(#{2,3}) (.*)$/.exec(first);
  if (heading) return h(heading[1] === '##' ? 'h2' : 'h3', {}, inline(heading[2] ?? ''));
  return h('p', {}, inline(lines.join(' ')));
}

/** Lines that belong together: of one paragraph, list, table, or block of code. */
function blocksOf(text: string): string[][] {
  const blocks: string[][] = [];
  let open: string[] | undefined;
  let fenced = false;
  for (const line of text.split('\n')) {
    if (line.startsWith('```')) {
      if (!fenced) blocks.push((open = [line]));
      else open = undefined;
      fenced = !fenced;
    } else if (fenced) open?.push(line);
    else if (line.trim() === '') open = undefined;
    else if (open === undefined || line.startsWith('#')) blocks.push((open = [line]));
    else open.push(line);
  }
  return blocks;
}

/**
 * A text in Markdown as elements, without its title and comments.
 * @param code what a block of code is called to a screen reader
 */
export const markdown = (text: string, code: string): Child[] =>
  blocksOf(text.replace(/<!--[\s\S]*?-->/g, '').replace(/^# .*$/m, '')).map((lines) => block(lines, code));
