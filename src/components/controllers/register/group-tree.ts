/** Groups as they are kept, and as the lines they are drawn from. */
import type { SummaryGroup } from '../../core.ts';
import type { FieldValueKey, Line } from './types.ts';

/** What stands under a group, or under all of them: groups of the next level, or rows. */
export interface Content<R> {
  readonly nodes: readonly GroupNode<R>[];
  readonly rows: readonly R[];
  /** The cursor of more of the same; absent at the end. */
  readonly next?: string;
}

export interface GroupNode<R> {
  readonly group: SummaryGroup;
  readonly path: readonly FieldValueKey[];
  readonly open: boolean;
  /** Undefined until it has been read. */
  readonly content?: Content<R>;
}

/** A path as text: one group among all. */
export const pathKey = (path: readonly FieldValueKey[]): string =>
  JSON.stringify(path.map(({ field, value }) => [field, value]));

const leads = (path: readonly FieldValueKey[], to: readonly FieldValueKey[]): boolean =>
  path.every(({ field, value }, i) => to[i]?.field === field && to[i]?.value === value);

/** The group at a path; undefined where it is no longer there. */
export function nodeAt<R>(top: Content<R>, path: readonly FieldValueKey[]): GroupNode<R> | undefined {
  let nodes = top.nodes;
  for (let depth = 1; ; depth++) {
    const node = nodes.find((one) => leads(one.path, path));
    if (node === undefined || depth === path.length) return node;
    nodes = node.content?.nodes ?? [];
  }
}

/** The same tree with another node at a path. */
export function replaced<R>(
  top: Content<R>,
  path: readonly FieldValueKey[],
  edit: (node: GroupNode<R>) => GroupNode<R>,
): Content<R> {
  return {
    ...top,
    nodes: top.nodes.map((node) => {
      if (!leads(node.path, path)) return node;
      if (node.path.length === path.length) return edit(node);
      return node.content === undefined ? node : { ...node, content: replaced(node.content, path, edit) };
    }),
  };
}

/** The lines of what stands under a path, opened groups with what is in them. */
export function linesOf<R>(content: Content<R>, path: readonly FieldValueKey[] = []): Line<R>[] {
  const level = path.length;
  const lines: Line<R>[] = [];
  for (const { group, path: own, open, content: inner } of content.nodes) {
    lines.push({ kind: 'group', group, path: own, level, open });
    if (!open) continue;
    if (inner === undefined) lines.push({ kind: 'blank', index: 0, level: level + 1 });
    else for (const line of linesOf(inner, own)) lines.push(line);
  }
  content.rows.forEach((row, index) => {
    lines.push({ kind: 'row', index, row, level });
  });
  if (content.next !== undefined) lines.push({ kind: 'more', path, level });
  return lines;
}

/** Every row that is at hand. */
export function rowsOf<R>(content: Content<R>): readonly R[] {
  return [
    ...content.nodes.flatMap(({ open, content: inner }) => (open && inner ? rowsOf(inner) : [])),
    ...content.rows,
  ];
}
