/**
 * What went into what, as the judge keeps it: a link from everything one posting took out to everything its
 * counterpart brought in, until the pair is taken back (R80, R89, R92, R126). A piece of a lot is found through
 * its lot where it comes in; where it goes out it is linked beside it.
 */
import { Lot, type Pile, Serial } from './things.ts';

export interface Link {
  readonly kind: string;
  readonly from: Pile;
  readonly to: Pile;
  ended: boolean;
}

export class Lineage {
  private readonly after = new Map<Pile, Link[]>();
  private readonly before = new Map<Pile, Link[]>();
  private readonly ofPair = new Map<number, Link[]>();

  /** Links both sides of a pair, known by the index of its unload. */
  link(kind: string, pair: number, out: readonly Pile[], into: readonly Pile[]): void {
    const kept = new Set(out.filter((pile) => into.includes(pile)));
    const whole = kind === 'split' || kind === 'merge';
    const sources = new Set(
      out.filter((pile) => !(pile instanceof Serial) || !(kept.has(pile) || (whole && pile.lot !== null))),
    );
    const targets = new Set(
      into.filter((pile) => !(pile instanceof Serial) || !(kept.has(pile) || pile.lot !== null)),
    );
    const links: Link[] = [];
    for (const from of sources)
      for (const to of targets) if (from !== to) links.push({ kind, from, to, ended: false });
    this.ofPair.set(pair, links);
    for (const each of links) {
      this.after.set(each.from, [...(this.after.get(each.from) ?? []), each]);
      this.before.set(each.to, [...(this.before.get(each.to) ?? []), each]);
    }
  }

  end(pair: number): void {
    for (const each of this.ofPair.get(pair) ?? []) each.ended = true;
  }

  /** Links out of a thing, or into it, that stand. */
  links(of: Pile, direction: 'forward' | 'backward'): Link[] {
    const all = direction === 'forward' ? this.after : this.before;
    return (all.get(of) ?? []).filter((each) => !each.ended);
  }

  /** Everything made of something, or everything it is made of; itself is not in it unless it went round. */
  closure(of: Pile, direction: 'forward' | 'backward'): Set<Pile> {
    const found = new Set<Pile>();
    const next = [of];
    for (let at = next.pop(); at; at = next.pop()) {
      for (const each of this.links(at, direction)) {
        const pile = direction === 'forward' ? each.to : each.from;
        if (found.has(pile)) continue;
        found.add(pile);
        next.push(pile);
      }
    }
    return found;
  }

  /** Lots and pieces with a link, the newest last. */
  linked(): Pile[] {
    return [...new Set([...this.before.keys(), ...this.after.keys()])].filter(
      (pile) => pile instanceof Lot || pile instanceof Serial,
    );
  }
}
