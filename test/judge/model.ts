/**
 * The judge: a plain model of the ledger that shares nothing with the engine. It is told the same commands
 * a host gives, says what must become of each, and keeps what must be known afterwards. It is made to be
 * obvious, not fast. Postings have their own file.
 */

import { Faults } from './faults.ts';
import { post } from './judge-postings.ts';
import { type Reversal, reverse } from './judge-reversals.ts';
import { datesOf } from './judge-rows.ts';
import { Register } from './register.ts';
import { Lot, type Posted, type Serial } from './things.ts';
import { addDays, keyOf } from './values.ts';
import type { Command, LotPatch, Named, SerialPatch, Verdict } from './world.ts';

const refuse = (...codes: string[]): Verdict => ({ ok: false, codes, receipt: true });
const accept = (settle: () => void): Verdict => ({
  ok: true,
  settle: () => {
    settle();
    return null;
  },
});

/** Applies a patch; whether anything is different afterwards. */
function change(thing: object, patch: object): boolean {
  const before = JSON.stringify(Object.keys(patch).map((field) => (thing as Record<string, unknown>)[field]));
  Object.assign(thing, patch);
  return before !== JSON.stringify(Object.values(patch));
}

export class Model extends Register {
  /** What each command id asked and was answered (R88). */
  private readonly answers = new Map<
    string,
    { body: string; refused: readonly string[] | null; posted: Posted | null }
  >();

  /** What must become of a command. */
  judge(command: Command): Verdict {
    switch (command.do) {
      case 'post':
        return this.once(command.plan.commandId, command.plan, () => post(this, command.plan));
      case 'reverse':
        return this.once(command.commandId, command, () => reverse(this, command as Reversal));
      case 'createLot':
        return this.once(command.commandId, command, () => this.createLot(command.named, command.expiryDate));
      case 'editLot':
        return this.editLot(command.named, command.patch, command);
      case 'removeLot':
        return this.removeLot(command.named);
      case 'editSerial':
        return this.editSerial(command.named, command.patch);
      case 'removeSerial':
        return this.removeSerial(command.named);
      case 'nextDay':
        return accept(() => {
          this.today = addDays(this.today, 1);
        });
    }
  }

  /** R88: the same id has one effect and one answer. */
  private once(id: string, asked: unknown, decide: () => Verdict): Verdict {
    const body = JSON.stringify(asked);
    const known = this.answers.get(id);
    if (known) {
      if (known.body !== body) return { ok: false, codes: ['command.mismatch'], receipt: true };
      if (known.refused) return { ok: false, codes: known.refused, receipt: true };
      const id = known.posted?.id;
      return {
        ok: true,
        settle: (result) => (id && result?.id !== id ? `replay answers ${result?.id}, not ${id}` : null),
      };
    }
    const verdict = decide();
    if (!verdict.ok) {
      if (verdict.receipt) this.answers.set(id, { body, refused: verdict.codes, posted: null });
      return verdict;
    }
    return {
      ok: true,
      settle: (result) => {
        const wrong = verdict.settle(result);
        const posted = this.postingOf.get(result?.id ?? '') ?? null;
        this.answers.set(id, { body, refused: null, posted });
        return wrong;
      },
    };
  }

  private createLot(named: Named, expiryDate: string | undefined): Verdict {
    const item = this.item(named.item);
    if (!item) return refuse('item.notFound');
    if (!item.lots) return refuse('item.notLotManaged');
    const faults = new Faults();
    if (this.lotCodeTaken(item, named.variant, named.code)) faults.add('rows', 'lot.duplicate');
    const lot = new Lot(item, named.variant, named.code);
    lot.status = item.lots.initialStatus ?? null;
    Object.assign(lot, datesOf(item, expiryDate ? { expiryDate } : {}, { date: this.today }));
    if (!lot.expiryDate && item.lots.expiryRequired) faults.add('rows', 'lot.expiryRequired');
    if (lot.expiryDate && lot.expiryDate < (lot.startDate ?? '')) faults.add('rows', 'lot.expiryBeforeStart');
    if (faults.any) return faults.verdict();
    return accept(() => this.keep(lot));
  }

  private editLot(named: Named, patch: LotPatch, how: { version?: number; reason?: string }): Verdict {
    const lot = this.known('lot', named) as Lot | undefined;
    if (!lot) return refuse('lot.notFound');
    const faults = new Faults();
    if (how.version !== undefined && how.version !== lot.edition) return refuse('concurrency.stale');
    const { code, expiryDate, status } = patch;
    if (code !== undefined && code !== lot.code) {
      if (lot.left) faults.add('rows', 'lot.codeLocked');
      if (!how.reason) faults.add('rows', 'reason.required');
      if (this.lotCodeTaken(lot.item, lot.variant, code, lot)) faults.add('rows', 'lot.duplicate');
    }
    if (expiryDate !== undefined && expiryDate !== lot.expiryDate) {
      if (lot.item.lots?.expiryEditable === false) faults.add('rows', 'lot.expiryFixed');
      if (lot.left && !how.reason) faults.add('rows', 'reason.required');
      if (!expiryDate && lot.item.lots?.expiryRequired) faults.add('rows', 'lot.expiryRequired');
      if (expiryDate && lot.startDate && expiryDate < lot.startDate)
        faults.add('rows', 'lot.expiryBeforeStart');
    }
    if (status && !this.world.statuses.some((each) => each.code === status)) {
      faults.add('references', 'lotStatus.notFound');
    }
    if (faults.any) return faults.verdict();
    return accept(() => {
      if (code !== undefined && keyOf(code) !== keyOf(lot.code) && lot.moved) {
        this.retired.set(`${this.scope(lot.item, lot.variant)}|${keyOf(lot.code)}`, lot);
      }
      this.forget(lot);
      if (change(lot, patch)) lot.edition++;
      this.name(lot);
    });
  }

  private removeLot(named: Named): Verdict {
    const lot = this.known('lot', named) as Lot | undefined;
    if (!lot) return refuse('lot.notFound');
    if (lot.moved) return refuse('lot.referenced');
    return accept(() => {
      lot.deleted = true;
      this.forget(lot);
    });
  }

  private editSerial(named: Named, patch: SerialPatch): Verdict {
    const serial = this.known('serial', named) as Serial | undefined;
    if (!serial) return refuse('serial.notFound');
    return accept(() => {
      if (change(serial, patch)) serial.edition++;
    });
  }

  private removeSerial(named: Named): Verdict {
    const serial = this.known('serial', named) as Serial | undefined;
    if (!serial) return refuse('serial.notFound');
    if (serial.moved) return refuse('serial.referenced');
    return accept(() => {
      serial.deleted = true;
      this.forget(serial);
    });
  }
}
