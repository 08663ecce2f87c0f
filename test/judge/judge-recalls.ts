/**
 * Recalls as the judge sees them (R52, R104–R111): the scope is everything made of what is named, as it stands;
 * it is blocked, and what was reserved of it is free again. Closing lets it go, or keeps it blocked.
 */
import type { Hold } from './holds.ts';
import type { Register } from './register.ts';
import { Lot, type Pile, Serial } from './things.ts';
import type { Verdict } from './verdict.ts';
import type { Command } from './world.ts';

export interface Recall {
  readonly id: string;
  readonly scope: ReadonlySet<Lot | Serial>;
  open: boolean;
}

type Open = Extract<Command, { do: 'openRecall' }>;
type Close = Extract<Command, { do: 'closeRecall' }>;

export const nameOf = (thing: Lot | Serial): string =>
  `${thing instanceof Lot ? 'lot' : 'serial'} ${thing.item.code}/${thing.variant ?? ''}/${thing.code}`;

const isThing = (pile: Pile): pile is Lot | Serial => pile instanceof Lot || pile instanceof Serial;

export function openRecall(model: Register, { lots }: Open): Verdict {
  const roots: Lot[] = [];
  for (const named of lots) {
    const item = model.item(named.item);
    const lot = item && model.findLot(item, named.variant, named.code);
    if (!lot || lot.item !== item || lot.variant !== named.variant)
      return { ok: false, codes: ['lot.notFound'], receipt: false };
    roots.push(lot);
  }
  const scope = new Set<Lot | Serial>(roots);
  for (const root of roots)
    for (const pile of model.lineage.closure(root, 'forward')) if (isThing(pile)) scope.add(pile);
  return {
    ok: true,
    settle: (result) => {
      const got = (result?.scope ?? []).map(
        (row) => `${row.kind} ${row.item}/${row.variant ?? ''}/${row.code}`,
      );
      const want = [...scope].map(nameOf);
      if (got.sort().join() !== want.sort().join()) return `recalls ${got}, not ${want}`;
      const held = new Set<Hold>();
      for (const thing of scope) {
        if (thing instanceof Lot) for (const hold of model.holds.ofLot(thing)) held.add(hold);
        else if (thing.hold) held.add(thing.hold);
        thing.recalls++;
      }
      for (const hold of held) {
        model.holds.change(hold, -hold.open);
        if (hold.serial && hold.document === null) hold.serial.edition++;
      }
      model.recalls.push({ id: result?.id ?? '', scope, open: true });
      return null;
    },
  };
}

export function closeRecall(model: Register, { recall, free }: Close): Verdict {
  const found = model.recalls[recall];
  if (!found) return { ok: false, codes: ['recall.notFound'], receipt: false };
  if (!found.open) return { ok: false, codes: ['recall.closed'], receipt: true };
  return {
    ok: true,
    settle: () => {
      found.open = false;
      if (free) for (const thing of found.scope) thing.recalls--;
      return null;
    },
  };
}
