/**
 * A posting and its opposite side, in one command: the two name each other, share lots and serials, and
 * are checked on what they come to together. A transfer's sides are equal (R77), a production's are what
 * went in and what came out (R126).
 */
import type { PostingInput } from '../../model/posting.ts';
import { LedgerError } from '../../ports/errors.ts';
import { codeKey } from '../../ports/keys.ts';
import { gather } from '../../ports/view.ts';
import { scopeOf } from '../../reading/codes.ts';
import type { Draft } from './draft.ts';
import { takeComponents } from './explode.ts';
import { type Measured, measure, postLines, takeLines } from './lines.ts';
import type { Operation } from './operation.ts';
import { askedOf, openSides, type Sides } from './sides.ts';
import { postTransfer } from './transfer.ts';
import type { World } from './world.ts';

/** Refuses a lot that would be made of itself; what is consumed is known by now, what was chosen too. */
function checkApart(out: Draft, produced: readonly Measured[]): void {
  const consumed = new Set(out.lines.flatMap((line) => line.lots.map((row) => row.lot)));
  if (consumed.size === 0) return;
  gather(produced, ({ line }) => {
    const { lots, serials } = line.input;
    const scope = scopeOf(out.view, line.item.code, line.variant);
    const check = (code: string | null | undefined, path: string): void => {
      const lot = code ? out.operation.lot(scope, codeKey(code)) : undefined;
      if (!lot || !consumed.has(lot.id)) return;
      throw new LedgerError('production.sameLot', { path, details: { code: lot.code } });
    };
    for (const [i, row] of (Array.isArray(lots) ? lots : []).entries())
      check(row.code, `${line.path}.lots[${i}].code`);
    for (const [i, row] of (Array.isArray(serials) ? serials : []).entries())
      check(row.lot, `${line.path}.serials[${i}].lot`);
  });
}

const missingLines = (): LedgerError => new LedgerError('field.required', { path: 'counterpart.lines' });

function postProduction(args: PostingInput, sides: Sides): void {
  const { source, out, into } = sides;
  const { lines, opposite, location } = askedOf(args, sides);
  if (opposite?.length) {
    const [mine, theirs] = [measure(source, lines), measure(sides.other, opposite)];
    const [consumed, produced] = source === out ? [mine, theirs] : [theirs, mine];
    takeLines(out, consumed);
    checkApart(out, produced);
    takeLines(into, produced);
    return;
  }
  if (opposite !== null || !source.world.template.explodeComponents) throw missingLines();
  const produced = measure(into, lines);
  takeComponents(out, into, produced, location);
  checkApart(out, produced);
  takeLines(into, produced);
}

/** Two sides that are neither equal nor made of each other: each as it was said. */
function postBoth(args: PostingInput, sides: Sides): void {
  const { source, other, out, into } = sides;
  const { lines, opposite } = askedOf(args, sides);
  const [mine, theirs] = [measure(source, lines), measure(other, opposite ?? [])];
  takeLines(out, source === out ? mine : theirs);
  takeLines(into, source === out ? theirs : mine);
}

/**
 * Posts with a template that has a counterpart. The other side of a transfer or a production is always
 * made; for another intent it is made when its lines are given.
 */
export function postPair(operation: Operation, args: PostingInput, world: World): void {
  if (world.intent === 'transfer') postTransfer(args, openSides(operation, args, world, 'transfer'));
  else if (world.intent === 'production') {
    postProduction(args, openSides(operation, args, world, 'production'));
  } else if (args.counterpart?.lines?.length) postBoth(args, openSides(operation, args, world, null));
  else if (args.counterpart) throw missingLines();
  else postLines(operation.draft(world, args), args.lines);
}
