/** Sends one of the judge's commands to a ledger, and brings back what is compared. */
import { type Ledger, LedgerError } from '../../src/core/index.ts';
import type { Model } from './model.ts';
import { Lot } from './things.ts';
import { showSteps } from './values.ts';
import type { PostResult } from './verdict.ts';
import type { Command, Named, PostPlan } from './world.ts';

/** A posting with the other side of its pair. */
async function paired(ledger: Ledger, made: { readonly counterpart: string | null }): Promise<PostResult> {
  const answer = made as unknown as PostResult;
  if (made.counterpart === null) return { ...answer, counterpart: undefined } as PostResult;
  return { ...answer, counterpart: (await ledger.postings.get(made.counterpart)) as unknown as PostResult };
}

/** The posting that took a line back. */
const reversalOf = async (ledger: Ledger, id: string): Promise<PostResult> =>
  (await ledger.postings.get(id)) as unknown as PostResult;

/** A posting with the ids of what it brings back. */
export function planOf(plan: PostPlan, model: Model): object {
  const lines = plan.lines.map(({ returns, ...line }) => {
    if (!returns) return line;
    const posting = model.postings[returns.posting];
    return { ...line, returns: { posting: posting?.id ?? '', line: posting?.lines[returns.line]?.id ?? '' } };
  });
  return { ...plan, lines };
}

export async function send(ledger: Ledger, model: Model, command: Command): Promise<PostResult | undefined> {
  switch (command.do) {
    case 'post':
      return (await ledger.postings.post(planOf(command.plan, model) as never)) as unknown as PostResult;
    case 'pair': {
      const { commandId, ...plan } = command.plan;
      return paired(ledger, await ledger.postings.post(plan as never, { commandId }));
    }
    case 'transform': {
      const { kind, warehouse, template, date, location, from, into, accept, commandId } = command;
      const head = { warehouse, template, date };
      const [first] = from;
      const of = first && bare(first);
      const lot = { lot: of, location, quantity: first?.quantity };
      if (kind === 'split') {
        const draft = {
          ...head,
          lot: of,
          location,
          into: [{ code: into.code, location, quantity: first?.quantity }],
        };
        return paired(ledger, await ledger.lots.split(draft as never, { commandId }));
      }
      if (kind === 'convert') {
        const { item: toItem, quantity: toQuantity, code } = into;
        const draft = { ...head, ...lot, toItem, toQuantity, into: { code, location } };
        return paired(ledger, await ledger.lots.convert(draft as never, { commandId }));
      }
      const rows = from.map((row) => ({ lot: bare(row), location, quantity: row.quantity }));
      const draft = {
        ...head,
        from: rows,
        into: { code: into.code, location },
        ...(accept ? { acceptStatus: true } : {}),
      };
      return paired(ledger, await ledger.lots.merge(draft as never, { commandId }));
    }
    case 'openRecall': {
      const { commandId, lots } = command;
      const made = await ledger.recalls.open({ reason: 'as judged', lots: lots.map(bare) } as never, {
        commandId,
      });
      return { id: made.id, number: 0, lines: [], scope: made.scope };
    }
    case 'closeRecall': {
      const { commandId, recall, free } = command;
      const id = model.recalls[recall]?.id ?? '';
      await ledger.recalls.close(id, free ? { free: 'all' } : {}, { commandId });
      return undefined;
    }
    case 'count': {
      const { commandId, do: _, ...draft } = command;
      const made = await ledger.counts.post(draft as never, { commandId });
      const postings: PostResult[] = [];
      for (const id of made.postings) postings.push((await ledger.postings.get(id)) as unknown as PostResult);
      return { id: '', number: 0, lines: [], postings };
    }
    case 'correct': {
      const { commandId, posting, line, lot } = command;
      const original = model.postings[posting];
      const own = original?.lines[line];
      const first = own?.moves[0]?.pile;
      const steps = own?.moves.reduce((sum, move) => sum - move.steps, 0n) ?? 0n;
      const quantity = first instanceof Lot ? showSteps(steps, first.item.unit.decimals) : '1';
      const change = { line: own?.id ?? '', reason: 'as judged', commandId, lots: [{ code: lot, quantity }] };
      const made = await ledger.postings.correct(original?.id ?? '', change);
      const { lines } = await ledger.postings.get(original?.id ?? '');
      const by = lines.find((each) => each.id === own?.id)?.reversedBy ?? '';
      return { ...(made as unknown as PostResult), reversal: (await reversalOf(ledger, by)) as PostResult };
    }
    case 'transition': {
      const lot = await ledger.lots.get(bare(command.named) as never);
      const { reason } = command;
      await ledger.lots.transition(lot.id, command.code, reason === undefined ? {} : { reason });
      return undefined;
    }
    case 'close':
      await ledger.settings.update({ closedThrough: command.through });
      return undefined;
    case 'commit': {
      const { commandId, document: number, lines } = command;
      const draft = { document: { type: 'salesOrder', number }, lines };
      const made = await ledger.reservations.commit(draft as never, { commandId });
      return { id: '', number: 0, lines: [], reservations: made };
    }
    case 'release': {
      const { commandId, id = '', steps, document } = command;
      const hold = model.holds.byId(id);
      const quantity = steps && hold ? { quantity: showSteps(BigInt(steps), hold.item.unit.decimals) } : {};
      const [type, number] = document?.split('|') ?? [];
      const what = document === undefined ? { id, ...quantity } : { document: { type, number } };
      await ledger.reservations.release(what as never, { commandId });
      return undefined;
    }
    case 'reverse': {
      const posting = model.postings[command.posting];
      const lines = command.lines?.flatMap((index) => posting?.lines[index]?.id ?? []);
      const how = { date: command.date, reason: 'as judged', ...(lines ? { lines } : {}) };
      const { commandId } = command;
      const made = await ledger.postings.reverse(posting?.id ?? '', how, { commandId });
      return paired(ledger, made);
    }
    case 'createLot': {
      const { named, expiryDate, commandId } = command;
      const args = { ...bare(named), ...(expiryDate ? { expiryDate } : {}) };
      // by the port: sent again, it is accepted as before, even when the lot was removed since
      const [receipt] = await ledger.port.execute([{ name: 'lots.create@1', id: commandId, args }]);
      if (receipt?.outcome === 'refused') throw LedgerError.from(receipt.problem);
      return undefined;
    }
    case 'editLot': {
      const { version, reason } = command;
      const lot = await ledger.lots.get(bare(command.named) as never);
      await ledger.lots.update(lot.id, command.patch as never, { version, reason } as never);
      return undefined;
    }
    case 'removeLot':
      await ledger.lots.remove((await ledger.lots.get(bare(command.named) as never)).id);
      return undefined;
    case 'editSerial':
      await ledger.serials.update(
        (await ledger.serials.get(bare(command.named) as never)).id,
        command.patch as never,
      );
      return undefined;
    case 'removeSerial':
      await ledger.serials.remove((await ledger.serials.get(bare(command.named) as never)).id);
      return undefined;
    case 'nextDay':
      return undefined;
  }
}

/** A name without an absent variant. */
const bare = ({ item, variant, code }: Named): object =>
  variant === null ? { item, code } : { item, variant, code };
