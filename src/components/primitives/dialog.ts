/**
 * A modal question on the native dialog: focus stays in it, Escape cancels, focus returns where it was. A
 * refusal is shown inside it, since all outside cannot be reached while it is open.
 */
import { html, type LitElement, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { banner, button } from './controls.ts';
import { areaField } from './fields.ts';
import { deepFocus, stack } from './overlays.ts';

/** A reason a dialog asks for before something is done. */
export interface ReasonField {
  readonly label: string;
  readonly help?: string | undefined;
  /** Said in its place when it is required and empty; it is not required without. */
  readonly missing?: string | undefined;
}

/** What a dialog asks. */
export interface Question {
  readonly title: string;
  /** Sentences, or fields. */
  readonly body: unknown;
  /** The verb that names the result. */
  readonly confirm: string;
  /** Absent where there is nothing to decide. */
  readonly cancel?: string;
  readonly danger?: boolean;
  readonly busy?: boolean;
  readonly reason?: ReasonField | undefined;
  /** Why it was refused: a title and a sentence. */
  readonly refused?: { readonly title: string; readonly text: string } | undefined;
  /** Gets the reason that was typed. Return false to keep the dialog open. */
  readonly act: (reason: string) => unknown;
  readonly closed?: () => void;
}

type Host = LitElement;

/** The dialog of an element. Put `template()` once into its template. */
export class Dialog implements ReactiveController {
  readonly #host: Host;
  readonly #id: string;
  #question: Question | null = null;
  #reason = '';
  #lacking = false;
  #acting = false;
  #before: Element | null = null;
  #leave: (() => void) | undefined;

  /** `id` is the dialog's in the element's root; give each dialog of an element its own. */
  constructor(host: Host, id = 'lot-dialog') {
    this.#host = host;
    this.#id = id;
    host.addController(this);
  }

  get open(): boolean {
    return this.#question !== null;
  }

  /** Asks. Ask again with the same dialog open to change what it shows; the reason typed so far stays. */
  ask(question: Question): void {
    if (this.#question === null) {
      this.#before = deepFocus();
      this.#reason = '';
      this.#lacking = false;
    }
    this.#question = question;
    this.#host.requestUpdate();
  }

  close(): void {
    const asked = this.#question;
    this.#question = null;
    this.#host.requestUpdate();
    asked?.closed?.();
  }

  get #element(): HTMLDialogElement | null {
    return this.#host.renderRoot?.querySelector<HTMLDialogElement>(`dialog#${this.#id}`) ?? null;
  }

  hostUpdated(): void {
    const element = this.#element;
    if (!element) return;
    if (this.#question !== null && !element.open) this.#show(element);
    if (this.#question === null && element.open) this.#hide(element);
  }

  hostDisconnected(): void {
    this.#leave?.();
    this.#leave = undefined;
    this.#element?.close();
    this.#question = null;
  }

  #show(element: HTMLDialogElement): void {
    element.showModal();
    this.#leave = stack({ modal: true, holds: () => true, dismiss: () => this.#cancel() });
  }

  #hide(element: HTMLDialogElement): void {
    this.#leave?.();
    this.#leave = undefined;
    element.close();
    const before = this.#before;
    this.#before = null;
    // The native return of focus misses what was drawn anew while the dialog was open.
    const at = deepFocus();
    if ((at === null || at === document.body) && before instanceof HTMLElement && before.isConnected)
      before.focus();
  }

  /** Cancels, unless it is just being done. */
  #cancel(): void {
    if (!this.#acting && !this.#question?.busy) this.close();
  }

  async #confirm(): Promise<void> {
    const asked = this.#question;
    if (asked === null || this.#acting) return;
    this.#lacking = asked.reason?.missing !== undefined && this.#reason.trim() === '';
    if (this.#lacking) {
      this.#host.requestUpdate();
      await this.#host.updateComplete;
      this.#element?.querySelector('textarea')?.focus();
      return;
    }
    this.#acting = true;
    this.#host.requestUpdate();
    try {
      if ((await asked.act(this.#reason.trim())) !== false) this.close();
    } finally {
      this.#acting = false;
      this.#host.requestUpdate();
    }
  }

  #reasonField({ label, help, missing }: ReasonField): TemplateResult {
    return areaField({
      id: `${this.#id}-reason`,
      field: 'reason',
      label,
      help,
      required: missing !== undefined,
      error: this.#lacking ? missing : undefined,
      value: this.#reason,
      rows: 2,
      input: (value) => {
        this.#reason = value;
        if (!this.#lacking || value.trim() === '') return;
        this.#lacking = false;
        this.#host.requestUpdate();
      },
    });
  }

  #form(q: Question): TemplateResult {
    const refused = q.refused && banner({ severity: 'danger', ...q.refused });
    return html`<form class="inner" method="dialog" novalidate @submit=${(event: Event) => {
      event.preventDefault();
      void this.#confirm();
    }}>
        <h2 class="title" id="${this.#id}-title">${q.title}</h2>
        ${q.body}${q.reason ? this.#reasonField(q.reason) : nothing}${refused ?? nothing}
        <div class="tick">
          ${button({ label: q.confirm, type: 'submit', look: q.danger ? 'danger filled' : 'primary', busy: q.busy || this.#acting, action: 'confirm' })}
          ${q.cancel === undefined ? nothing : button({ label: q.cancel, press: () => this.#cancel(), action: 'cancel', autofocus: q.danger === true && q.reason === undefined })}
        </div>
      </form>`;
  }

  /** Put it once into the element's template. */
  template(): TemplateResult {
    const q = this.#question;
    return html`<dialog part="dialog" id=${this.#id} aria-labelledby="${this.#id}-title"
      @cancel=${(event: Event) => {
        event.preventDefault();
        this.#cancel();
      }}>${q === null ? nothing : this.#form(q)}</dialog>`;
  }
}
