/**
 * Changing many lots or serials: what to change and why, how far it is, what was refused and why, and the same
 * again for those alone.
 */
import { html, type LitElement, nothing, type TemplateResult } from 'lit';
import type { Lookups } from '../../controllers/lookups.ts';
import { BulkRun } from '../../controllers/register/bulk-run.ts';
import type { LotStatus } from '../../core.ts';
import type { ActionContext } from '../../extensions/types.ts';
import type { Format } from '../../i18n/format.ts';
import { Dialog } from '../../primitives/dialog.ts';
import { selectField } from '../../primitives/fields.ts';
import { progress } from '../../primitives/progress.ts';
import type { BulkAct } from './actions.ts';

/** What the dialog needs to know of a record. */
interface Stock {
  readonly id: string;
  readonly onHand?: string;
  readonly reserved?: unknown;
  readonly unit?: { readonly code: string; readonly decimals: number };
}

interface Asked {
  readonly act: BulkAct;
  readonly context: ActionContext<never>;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly run: BulkRun;
  chosen: string;
}

/** What the dialog needs of its register. */
export interface BulkOwner {
  readonly element: LitElement;
  readonly register: () => 'lots' | 'serials';
  readonly lookups: () => Lookups;
  readonly tell: (text: string) => void;
  readonly failed: (error: unknown) => void;
  /** The records were changed. */
  readonly done: () => void;
}

const NO_STATUS = '';

export class BulkDialog {
  readonly #owner: BulkOwner;
  readonly #dialog: Dialog;
  #asked: Asked | undefined;

  constructor(owner: BulkOwner) {
    this.#owner = owner;
    this.#dialog = new Dialog(owner.element, 'bulk-dialog');
  }

  template(): TemplateResult {
    return this.#dialog.template();
  }

  /** Asks what to change of the records of an action. */
  async ask(act: BulkAct, context: ActionContext<never>): Promise<void> {
    try {
      await this.#owner.lookups().readStatuses();
      const choices = await this.#choices(act, context);
      const run = new BulkRun({
        jobs: () => context.ledger.jobs,
        changed: () => this.#show(),
        failed: this.#owner.failed,
      });
      this.#asked = { act, context, choices, run, chosen: choices[0]?.value ?? NO_STATUS };
      this.#show();
    } catch (error) {
      this.#owner.failed(error);
    }
  }

  async #choices(act: BulkAct, { ledger, format }: ActionContext<never>): Promise<Asked['choices']> {
    const named = ({ code, description }: { code: string; description: string | null }) => ({
      value: code,
      label: description ? `${code} ${description}` : code,
    });
    if (act === 'transition') {
      const { items } = await ledger.transitions.list({ limit: 500 });
      const kind = this.#owner.register() === 'lots' ? 'lot' : 'serial';
      return items.filter((each) => each.kind === kind).map(named);
    }
    const all: readonly LotStatus[] = [...this.#owner.lookups().statuses.values()];
    if (act === 'block') return all.filter(({ available, planning }) => !available && !planning).map(named);
    return [...all.map(named), { value: NO_STATUS, label: format.text('bulk.noStatus') }];
  }

  /** `3 lots`, or all that match. */
  #what({ context }: Asked): string {
    const register = this.#owner.register();
    return context.count === undefined
      ? context.format.text(`bulk.${register}All`)
      : context.format.text(`bulk.${register}`, { n: context.count });
  }

  #show(): void {
    const asked = this.#asked;
    if (asked === undefined) return;
    const { phase, counts } = asked.run;
    if (phase === 'idle') this.#question(asked);
    else if (asked.run.busy) this.#running(asked);
    else if (phase === 'done' && counts?.refused === 0 && counts.pending === 0) this.#finished(asked);
    else this.#outcome(asked);
  }

  #question(asked: Asked): void {
    const { act, context, choices } = asked;
    const { format } = context;
    const what = this.#what(asked);
    const none = choices.length === 0;
    this.#dialog.ask({
      title: format.text(`bulk.${act}Title`, { what }),
      body: none
        ? html`<p>${format.text('bulk.noBlocked')}</p>`
        : html`${this.#effect(asked)}${choices.length === 1 && act === 'block' ? nothing : this.#choice(asked)}`,
      confirm: none ? format.text('action.close') : format.text(`bulk.${act}Go`, { what }),
      cancel: format.text('action.cancel'),
      ...(none ? {} : { reason: { label: format.text('bulk.reason') } }),
      act: (reason) => {
        if (none) return true;
        void this.#start(asked, reason);
        return false;
      },
    });
  }

  #choice(asked: Asked): TemplateResult {
    const { act, choices, context } = asked;
    return selectField({
      id: 'bulk-choice',
      label: context.format.text(act === 'transition' ? 'bulk.transition' : 'bulk.status'),
      choices,
      value: asked.chosen,
      change: (value) => {
        asked.chosen = value;
        this.#show();
      },
    });
  }

  /** What a block takes away, where all the records are at hand and of one unit. */
  #effect({ act, context }: Asked): unknown {
    const records = context.records as readonly Stock[];
    const unit = records[0]?.unit;
    const known = context.count === records.length && records.every((each) => each.unit?.code === unit?.code);
    if (act !== 'block' || unit === undefined || !known) return nothing;
    const sum = (of: (record: Stock) => unknown): string => total(records.map(of));
    const amount = sum(({ onHand }) => onHand);
    const reserved = sum(({ reserved: held }) => held);
    const words = (value: string): string => `${context.format.quantity(value, unit.decimals)} ${unit.code}`;
    return html`<p>${context.format.text('bulk.effect', {
      amount: words(amount),
      reserved: reserved === '0' ? null : words(reserved),
    })}</p>`;
  }

  async #start(asked: Asked, reason: string): Promise<void> {
    const { act, context, run, chosen } = asked;
    const { target } = context;
    if (target === undefined) return;
    const register = this.#owner.register();
    const patch =
      act === 'transition' ? { transition: chosen } : { status: chosen === NO_STATUS ? null : chosen };
    await run.start({
      command: act === 'transition' ? `${register}.transition` : `${register}.update`,
      target,
      patch,
      ...(reason === '' ? {} : { reason }),
    });
  }

  #running(asked: Asked): void {
    const { run, context } = asked;
    const { format } = context;
    const { counts } = run;
    const text =
      counts === undefined
        ? format.text('bulk.starting')
        : format.text('bulk.progress', {
            n: counts.total - counts.pending,
            total: format.number(counts.total),
          });
    this.#dialog.ask({
      title: format.text('bulk.running', { what: this.#what(asked) }),
      body: html`${progress(text, counts && counts.total - counts.pending, counts?.total ?? 1, text)}<p data-field="progress">${text}</p>`,
      confirm: format.text('register.stop'),
      cancel: format.text('action.close'),
      act: () => {
        run.cancel();
        return false;
      },
      closed: () => run.cancel(),
    });
  }

  #finished(asked: Asked): void {
    const { context, run } = asked;
    this.#end(context.format.text('bulk.done', { n: run.counts?.done ?? 0 }));
  }

  #end(text: string): void {
    this.#asked = undefined;
    this.#dialog.close();
    this.#owner.tell(text);
    this.#owner.done();
  }

  /** Something was refused, stopped or did not begin: what, why, and what can be done about it. */
  #outcome(asked: Asked): void {
    const { run, context } = asked;
    const { format } = context;
    const { counts, phase, problem } = run;
    const said = counts === undefined ? '' : outcomeWords(counts, format);
    const resumes = counts !== undefined && counts.pending > 0;
    const go = resumes
      ? format.text('bulk.continue')
      : counts === undefined
        ? format.text('state.retry')
        : format.text('bulk.retry', { n: counts.refused });
    this.#dialog.ask({
      title: this.#what(asked),
      body: html`<p data-field="outcome">${said}</p>${refusals(run, format)}`,
      confirm: go,
      cancel: format.text('action.close'),
      ...(problem === null
        ? {}
        : {
            refused: {
              title: format.text(
                phase === 'failed' && counts === undefined ? 'bulk.failed' : 'bulk.interrupted',
              ),
              text: format.problem(problem.code, problem.details, problem.message),
            },
          }),
      act: () => {
        if (resumes) void run.resume();
        else if (counts === undefined) void this.#start(asked, '');
        else void run.retryFailed();
        return false;
      },
      closed: () => {
        if (this.#asked === asked && !run.busy) this.#end(said);
      },
    });
  }
}

function outcomeWords(
  counts: { readonly done: number; readonly refused: number; readonly pending: number },
  format: Format,
): string {
  return [
    format.text('bulk.done', { n: counts.done }),
    counts.refused > 0 && format.text('bulk.refused', { n: counts.refused }),
    counts.pending > 0 && format.text('bulk.pending', { n: counts.pending }),
  ]
    .filter((part) => typeof part === 'string')
    .join(' ');
}

function refusals(run: BulkRun, format: Format): unknown {
  if (run.refused.length === 0) return nothing;
  return html`<div class="results"><table aria-label=${format.text('bulk.results')}><tbody>${run.refused.map(
    ({ id, code, problem }) =>
      html`<tr data-row-id=${id}><th scope="row"><bdi class="code">${code ?? id}</bdi></th><td>${
        problem === null ? nothing : format.problem(problem.code, problem.details)
      }</td></tr>`,
  )}</tbody></table>${
    run.hasMore
      ? html`<button class="link" type="button" @click=${() => void run.more()}>${format.text('group.more')}</button>`
      : nothing
  }</div>`;
}

/** The exact sum of some decimal texts; what is none counts nothing. */
function total(values: readonly unknown[]): string {
  const SCALE = 6;
  const steps = values.reduce<bigint>((sum, value) => {
    if (typeof value !== 'string' || !/^\d+(\.\d+)?$/.test(value)) return sum;
    const [whole = '0', fraction = ''] = value.split('.');
    return sum + BigInt(whole + fraction.padEnd(SCALE, '0').slice(0, SCALE));
  }, 0n);
  const text = String(steps).padStart(SCALE + 1, '0');
  const fraction = text.slice(-SCALE).replace(/0+$/, '');
  return text.slice(0, -SCALE) + (fraction === '' ? '' : `.${fraction}`);
}
