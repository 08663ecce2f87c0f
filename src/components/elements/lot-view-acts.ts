/** What can be done with a lot besides editing: close and reopen, sale on and off, delete; each asks first. */
import { html, nothing, type TemplateResult } from 'lit';
import { Attempt } from '../controllers/lot-form-attempt.ts';
import { type Ledger, type Lot, type Problem, problemOf } from '../core.ts';
import type { ActionExtension } from '../extensions/types.ts';
import type { MessageKey } from '../i18n/catalogue.ts';
import type { Format } from '../i18n/format.ts';
import type { IconName } from '../icons.ts';
import { areaField, banner, type Dialog } from '../primitives/index.ts';

/** Acts by name; their texts stand under `lotView.<name>…`. */
export type Act = 'close' | 'reopen' | 'sellOff' | 'sellOn' | 'delete';

const patches: Readonly<Record<Exclude<Act, 'delete'>, { closed?: boolean; sellable?: boolean }>> = {
  close: { closed: true },
  reopen: { closed: false },
  sellOff: { sellable: false },
  sellOn: { sellable: true },
};

export interface ActsHost {
  readonly ledger: () => Ledger | undefined;
  readonly format: () => Format;
  readonly dialog: Dialog;
  readonly say: (problem: Problem) => string;
  /** False when the host page does it itself. */
  readonly may: (act: Act, lot: Lot) => boolean;
  readonly did: (act: Act, lot: Lot) => void;
  readonly refused: (error: unknown) => void;
}

interface ActShape {
  readonly id: Act;
  readonly icon?: IconName;
  readonly danger?: boolean;
  readonly permission: string;
  /** Whether a lot is open to it. */
  readonly fits: (lot: Lot) => boolean;
}

const shapes: readonly ActShape[] = [
  { id: 'close', icon: 'lock', permission: 'lot.close', fits: (lot) => !lot.closed },
  { id: 'reopen', permission: 'lot.reopen', fits: (lot) => lot.closed },
  { id: 'sellOff', permission: 'lot.sellable', fits: (lot) => lot.sellable },
  { id: 'sellOn', permission: 'lot.sellable', fits: (lot) => !lot.sellable },
  { id: 'delete', danger: true, permission: 'lot.delete', fits: (lot) => !lot.referenced },
];

export class LotActs {
  readonly #host: ActsHost;
  #attempt = new Attempt();
  #reason = '';
  #busy = false;
  #problem: Problem | undefined;

  constructor(host: ActsHost) {
    this.#host = host;
  }

  /** What can be done with a lot, as extensions of its view; what the workflow owns is locked. */
  actions(workflowOnly: () => boolean): readonly ActionExtension<Lot>[] {
    return shapes.map(({ id, fits, ...shape }) => ({
      ...shape,
      id,
      label: `lotView.${id}`,
      scope: 'record',
      when: ({ records: [lot], format }) => {
        if (lot === undefined || !fits(lot)) return false;
        return workflowOnly() && id !== 'delete' ? format.problem('workflow.required') : true;
      },
      run: ({ records: [lot] }) => {
        if (lot !== undefined) this.ask(id, lot);
      },
    }));
  }

  /** Asks, naming what follows. */
  ask(act: Act, lot: Lot): void {
    this.#attempt = new Attempt();
    this.#reason = '';
    this.#problem = undefined;
    this.#show(act, lot);
  }

  #body(act: Act, lot: Lot): TemplateResult {
    const format = this.#host.format();
    const quantity = format.quantity(lot.closed ? lot.closedQuantity : lot.onHand, lot.unit.decimals);
    const text = format.text(`lotView.${act}Text` as MessageKey, { quantity, unit: lot.unit.code });
    const problem = this.#problem;
    const missing = problem?.code === 'reason.required';
    const refused =
      problem && !missing
        ? banner({
            severity: 'danger',
            title: format.text('lotView.notSaved'),
            text: this.#host.say(problem),
          })
        : nothing;
    const reason = areaField({
      id: 'act-reason',
      field: 'reason',
      label: format.text('word.reason'),
      help: format.text('lotView.reasonHelp'),
      error: missing ? this.#host.say(problem) : undefined,
      value: this.#reason,
      rows: 2,
      input: (value) => {
        this.#reason = value;
      },
    });
    return html`<p>${text}</p>${act === 'delete' ? nothing : reason}${refused}`;
  }

  #show(act: Act, lot: Lot): void {
    const format = this.#host.format();
    this.#host.dialog.ask({
      title: format.text(`lotView.${act}Ask` as MessageKey, { code: lot.code }),
      body: this.#body(act, lot),
      confirm: format.text(`lotView.${act}Do` as MessageKey),
      cancel: format.text('action.cancel'),
      danger: act === 'delete',
      busy: this.#busy,
      act: () => this.#run(act, lot),
    });
  }

  async #run(act: Act, lot: Lot): Promise<boolean> {
    const ledger = this.#host.ledger();
    if (ledger === undefined || this.#busy) return false;
    if (!this.#host.may(act, lot)) return true;
    this.#busy = true;
    this.#problem = undefined;
    this.#show(act, lot);
    const reason = this.#reason.trim();
    const how = { source: 'ui' as const, commandId: this.#attempt.id, ...(reason ? { reason } : {}) };
    try {
      if (act === 'delete') await ledger.lots.remove(lot.id, how);
      else await ledger.lots.update(lot.id, patches[act], how);
      this.#attempt.done();
      this.#busy = false;
      this.#host.did(act, lot);
      return true;
    } catch (error) {
      this.#attempt.failed(error);
      this.#busy = false;
      this.#problem = problemOf(error);
      this.#host.refused(error);
      this.#show(act, lot);
      return false;
    }
  }
}
