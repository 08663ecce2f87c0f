/**
 * What assistive technology is given of each element, as a text that people can read: role, name, state, one
 * line each. The agreed texts lie in test/states/trees/; LOTLEDGER_TREES=update writes them anew.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { browserTests } from './harness/index.ts';
import { allStates, statesPage } from './states-kit.ts';

const folder = join(import.meta.dirname, '../states/trees');
const update = process.env.LOTLEDGER_TREES === 'update';

interface AxNode {
  readonly nodeId: string;
  readonly ignored: boolean;
  readonly role?: { readonly value: string };
  readonly name?: { readonly value?: string };
  readonly description?: { readonly value?: string };
  readonly value?: { readonly value?: unknown };
  readonly properties?: readonly { readonly name: string; readonly value: { readonly value?: unknown } }[];
  readonly childIds?: readonly string[];
}

/** Roles that say nothing: what is in them is told in their place. */
const SILENT = new Set(['generic', 'none', 'InlineTextBox', 'LineBreak', 'LayoutTable', 'LabelText']);

const STATES = [
  'checked',
  'pressed',
  'expanded',
  'selected',
  'disabled',
  'required',
  'readonly',
  'invalid',
  'busy',
  'modal',
  'multiselectable',
  'hasPopup',
  'level',
];

/** Times of the day are those of the run and of the machine's zone. */
const steady = (text: string): string =>
  text
    .replace(/\d\d:\d\d(:\d\d)?/g, '00:00')
    .replace(/\s+/g, ' ')
    .trim();

function lineOf({ role, name, description, value, properties = [] }: AxNode): string {
  const states = properties
    .filter(
      (each) =>
        STATES.includes(each.name) && ![false, 'false', undefined, ''].includes(each.value.value as never),
    )
    .map((each) =>
      each.value.value === true || each.value.value === 'true'
        ? each.name
        : `${each.name}=${each.value.value}`,
    );
  const parts = [role?.value ?? '', name?.value ? `“${steady(name.value)}”` : ''];
  if (value?.value !== undefined && value.value !== '') parts.push(`= ${steady(String(value.value))}`);
  if (description?.value) parts.push(`(${steady(description.value)})`);
  return [...parts, ...states.sort()].filter(Boolean).join(' ');
}

/** The tree below one node as indented lines; a text that only repeats the name above it is left out. */
function linesOf(nodes: readonly AxNode[], root: AxNode): string[] {
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const walk = (node: AxNode, depth: number, above: string): string[] => {
    const role = node.role?.value ?? '';
    const name = steady(node.name?.value ?? '');
    const silent =
      node.ignored || SILENT.has(role) || (role === 'StaticText' && (name === '' || above.includes(name)));
    // what is told in passing depends on the moment
    if (role === 'status') return [`${'  '.repeat(depth)}status`];
    const own = silent ? [] : [`${'  '.repeat(depth)}${lineOf(node)}`];
    const children = (node.childIds ?? []).flatMap((id) => byId.get(id) ?? []);
    return [
      ...own,
      ...children.flatMap((child) => walk(child, depth + (silent ? 0 : 1), silent ? above : name)),
    ];
  };
  return walk(root, 0, '');
}

browserTests('accessibility trees', () => {
  it.concurrent.each([...allStates])(
    'convention 51: the accessibility tree of $tag is the one that was agreed on',
    { timeout: 300_000 },
    async ({ tag, main, trees = [main] }) => {
      const opened = await statesPage();
      const found: Record<string, string> = {};
      const agreed: Record<string, string> = {};
      const session = await opened.context.newCDPSession(opened.page);
      for (const name of trees) {
        await opened.call('show', tag, name);
        await opened.call('look', {});
        await opened.call('still');
        const { nodes } = (await session.send('Accessibility.getFullAXTree')) as { nodes: AxNode[] };
        const [root] = nodes;
        const text = `${root ? linesOf(nodes, root).join('\n') : ''}\n`;
        const file = join(folder, `${tag}.${name}.txt`);
        if (update) {
          mkdirSync(folder, { recursive: true });
          writeFileSync(file, text);
        }
        found[name] = text;
        agreed[name] = existsSync(file) ? readFileSync(file, 'utf8') : 'nothing is agreed on yet';
      }
      await opened.close();
      // LOTLEDGER_TREES=update agrees to what there is now
      expect(found).toEqual(agreed);
    },
  );
});
