/**
 * The judge: a plain model of the ledger that shares nothing with the engine. It is told the same commands
 * a host gives, says what must become of each, and keeps what must be known afterwards. It is made to be
 * obvious, not fast. Postings have their own file.
 */

import { Faults } from './faults.ts';
import { commit, release } from './judge-commits.ts';
import { correct } from './judge-corrections.ts';
import { count } from './judge-counts.ts';
import { transform } from './judge-lots.ts';
import { pair } from './judge-pairs.ts';
import { post } from './judge-postings.ts';
import { closeRecall, openRecall } from './judge-recalls.ts';
import { type Reversal, reverse } from './judge-reversals.ts';
import { datesOf } from './judge-rows.ts';
import { Register } from './register.ts';
import { Lot, type Posted, type Serial } from './things.ts';
import { addDays, keyOf } from './values.ts';
import type { Verdict } from './verdict.ts';
import type { Command, LotPatch, Named, SerialPatch } from './world.ts';

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
      case 'pair':
        return this.once(command.plan.commandId, command.plan, () => pair(this, command.plan));
      case 'transform':
        return this.once(command.commandId, command, () => transform(this, command));
      case 'openRecall':
        return this.once(command.commandId, command, () => openRecall(this, command));
      case 'closeRecall':
        return this.once(command.commandId, command, () => closeRecall(this, command));
      case 'count':
        return this.once(command.commandId, command, () => count(this, command));
      case 'correct':
        return this.once(command.commandId, command, () => correct(this, command));
      case 'transition':
        return this.transition(command.named, command.code, command.reason);
      case 'close':
        return this.closePeriod(command.through);
      case 'commit':
        return this.once(command.commandId, command, () => commit(this, command));
      case 'release':
        return this.once(command.commandId, command, () => release(this, command));
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
      if (known.body !== body) {
        // what is wrong in itself is refused before anything is looked up
        const verdict = decide();
        if (!verdict.ok && !verdict.receipt) return verdict;
        return { ok: false, codes: ['command.mismatch'], receipt: true };
      }
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
    if (patch.closed && !lot.closed && this.holds.ofLot(lot).length > 0)
      faults.add('rows', 'lot.hasReservations');
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

  /** What is closed for good is not opened again by whoever comes along. */
  private closePeriod(through: string | null): Verdict {
    const was = this.closedThrough;
    if (was !== null && (through === null || through < was)) return refuse('permission.denied');
    return accept(() => {
      this.closedThrough = through;
    });
  }

  /** R48: from where it starts only, and with a reason always. */
  private transition(named: Named, code: string, reason: string | undefined): Verdict {
    const lot = this.known('lot', named) as Lot | undefined;
    const step = this.world.transitions.find((each) => each.code === code);
    if (!lot) return refuse('lot.notFound');
    if (!step) return refuse('transition.notFound');
    if (!reason) return refuse('reason.required');
    if (step.from && !step.from.includes(lot.status)) return refuse('transition.notHere');
    return accept(() => {
      if (change(lot, { status: step.to })) lot.edition++;
    });
  }

  private removeLot(named: Named): Verdict {
    const lot = this.known('lot', named) as Lot | undefined;
    if (!lot) return refuse('lot.notFound');
    if (lot.moved || lot.claimed || lot.recalls > 0) return refuse('lot.referenced');
    return accept(() => {
      lot.deleted = true;
      this.forget(lot);
    });
  }

  private editSerial(named: Named, patch: SerialPatch): Verdict {
    const serial = this.known('serial', named) as Serial | undefined;
    if (!serial) return refuse('serial.notFound');
    const { reserved, ...marks } = patch;
    if (marks.closed && !serial.closed && serial.hold) return refuse('serial.reserved');
    if (reserved === false && serial.hold?.document) return refuse('serial.reserved');
    if (reserved && !serial.hold && this.isAllHeld(serial)) return refuse('serial.reserved');
    return accept(() => {
      if (change(serial, marks)) serial.edition++;
      if (reserved === undefined || reserved === (serial.hold !== null)) return;
      serial.edition++;
      if (serial.hold) this.holds.change(serial.hold, -serial.hold.open);
      else this.reserveByHand(serial);
    });
  }

  /** Whether all that lies of a piece's lot in its warehouse is reserved already. */
  private isAllHeld({ lot, place, item }: Serial): boolean {
    if (!lot || place === null) return false;
    const [warehouse = ''] = place.split('|');
    const held = this.holds
      .ofLot(lot)
      .filter((hold) => hold.warehouse === warehouse)
      .reduce((sum, { open }) => sum + open, 0n);
    const there = lot
      .places()
      .filter((each) => each.split('|')[0] === warehouse)
      .reduce((sum, each) => sum + lot.at(each), 0n);
    return held > 0n && there - held < 10n ** BigInt(item.unit.decimals);
  }

  /** R47: a mark set by hand is a reservation without a document, where the piece is. */
  private reserveByHand(serial: Serial): void {
    const { item, variant, lot } = serial;
    const [warehouse = '', location = ''] = (serial.place ?? '|').split('|');
    const open = 10n ** BigInt(item.unit.decimals);
    const made = this.today;
    const document = null;
    serial.claimed = true;
    if (lot) lot.claimed = true;
    const id = `by hand ${this.holds.all.length}`;
    this.holds.add({
      id,
      item,
      variant,
      warehouse,
      location: location || null,
      lot,
      serial,
      document,
      made,
      open,
    });
  }

  private removeSerial(named: Named): Verdict {
    const serial = this.known('serial', named) as Serial | undefined;
    if (!serial) return refuse('serial.notFound');
    if (serial.moved || serial.claimed || serial.recalls > 0) return refuse('serial.referenced');
    return accept(() => {
      serial.deleted = true;
      this.forget(serial);
    });
  }
}
