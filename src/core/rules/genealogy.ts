/**
 * Genealogy, in values: the links between what one posting took out and what its counterpart brought in, and
 * which links count for a question. Everything taken out goes into everything brought in (R126); quantities
 * stay on the links, as altogether taken and altogether brought.
 */
import type { EdgeRecord, NodeKind } from '../model/cases.ts';
import type { IsoDate, Operation, PostingLine } from '../model/records.ts';
import { holderKey } from './stock-keys.ts';

/** One side of a link: what, and how much of it in all. */
export interface GenealogyNode {
  readonly id: string;
  readonly kind: NodeKind;
  readonly item: string;
  readonly variant: string | null;
  readonly decimals: number;
  readonly quantity: number;
}

/** What a link needs to know of a posting. */
export interface Side {
  readonly id: string;
  readonly traced: boolean;
  readonly lines: readonly PostingLine[];
}

/** A link as a projection keeps it, but for what it learns while folding. */
export type Link = Omit<EdgeRecord, 'version' | 'seq' | 'date' | 'endDate' | 'endSeq' | 'reversed'>;

const kinds: Readonly<Partial<Record<Operation, EdgeRecord['kind']>>> = {
  production: 'consume',
  split: 'split',
  merge: 'merge',
  convert: 'convert',
};

/** The kind of link an operation makes; null for those that make none: a transfer is no level (R108). */
export const linkKind = (operation: Operation | null): EdgeRecord['kind'] | null =>
  (operation === null ? null : kinds[operation]) ?? null;

/** Serials of a posting that are in its unreversed lines. */
export function serialsOf(side: Side): Set<string> {
  const found = new Set<string>();
  for (const line of side.lines) {
    if (line.reversedBy === null) for (const row of line.serials) found.add(row.serial);
  }
  return found;
}

/**
 * What a posting moves, as nodes: its lots, its serials, and the buckets of what is tracked by neither. Lines
 * that were taken back do not count.
 * @param keep serials that are on both sides: they stay what they are and make no link of their own
 * @param pieces whether serials that belong to a lot are nodes beside it
 */
export function nodesOf(side: Side, keep: ReadonlySet<string>, pieces: boolean): GenealogyNode[] {
  const nodes = new Map<string, GenealogyNode>();
  const add = (id: string, kind: NodeKind, line: PostingLine, steps: number): void => {
    const known = nodes.get(id);
    const quantity = (known?.quantity ?? 0) + steps;
    nodes.set(id, { id, kind, item: line.item, variant: line.variant, decimals: line.decimals, quantity });
  };
  for (const line of side.lines) {
    if (line.reversedBy !== null || line.quantity === 0) continue;
    for (const row of line.lots) add(row.lot, 'lot', line, row.quantity);
    for (const row of line.serials) {
      if (keep.has(row.serial) || (row.lot !== null && !pieces)) continue;
      add(row.serial, 'serial', line, 10 ** line.decimals);
    }
    if (line.lots.length === 0 && line.serials.length === 0) {
      add(holderKey(null, line.item, line.variant), 'item', line, line.quantity);
    }
  }
  return [...nodes.values()];
}

/**
 * The links of an unload and its counterpart load. Of what is taken out, single pieces are linked beside
 * their lot; what comes in by pieces of a lot is linked as that lot, through which each piece is found.
 */
export function linksOf(unload: Side, load: Side, kind: EdgeRecord['kind']): Link[] {
  const [out, back] = [serialsOf(unload), serialsOf(load)];
  const kept = new Set([...out].filter((id) => back.has(id)));
  const pieces = kind !== 'split' && kind !== 'merge';
  const links: Link[] = [];
  const sources = nodesOf(unload, kept, pieces);
  const targets = nodesOf(load, kept, false);
  for (const from of sources) {
    for (const to of targets) {
      if (from.id === to.id) continue;
      links.push({
        id: `${unload.id}>${load.id}/${links.length}`,
        kind,
        from: from.id,
        fromKind: from.kind,
        fromItem: from.item,
        fromVariant: from.variant,
        fromQuantity: from.quantity,
        fromDecimals: from.decimals,
        to: to.id,
        toKind: to.kind,
        toItem: to.item,
        toVariant: to.variant,
        toQuantity: to.quantity,
        toDecimals: to.decimals,
        unload: unload.id,
        load: load.id,
        traced: unload.traced && load.traced,
      });
    }
  }
  return links;
}

/** Which links a question follows. */
export interface LinkFilter {
  /** Only what stood at the end of this day (R109); null = as it stands now. */
  readonly asOf: IsoDate | null;
  /** Only what was recorded up to here; null = everything. */
  readonly seq: number | null;
  /** Also those whose templates keep them out of traces (R107). */
  readonly untraced: boolean;
  /** Also those that were taken back (R80). */
  readonly reversed: boolean;
  /** Also through stock that is in neither lot nor serial (R105). */
  readonly items: boolean;
}

/** Everything that stands, as a recall follows it: nothing is left out because of a template (R107). */
export const EVERYTHING: LinkFilter = {
  asOf: null,
  seq: null,
  untraced: true,
  reversed: false,
  items: true,
};

/** Whether a link has ended for a question: taken back, or the piece removed, by its day and its knowledge. */
export function isEnded(edge: EdgeRecord, { asOf, seq }: Pick<LinkFilter, 'asOf' | 'seq'>): boolean {
  if (edge.endDate === null || edge.endSeq === null) return false;
  if (seq !== null && edge.endSeq > seq) return false;
  return asOf === null || edge.endDate <= asOf;
}

/** Whether a question follows a link. */
export function follows(edge: EdgeRecord, filter: LinkFilter): boolean {
  const { asOf, seq } = filter;
  if (!edge.traced && !filter.untraced) return false;
  if (!filter.items && (edge.fromKind === 'item' || edge.toKind === 'item')) return false;
  if (asOf !== null && edge.date > asOf) return false;
  if (seq !== null && edge.seq > seq) return false;
  if (edge.endSeq === null || !isEnded(edge, filter)) return true;
  return filter.reversed && edge.reversed;
}
