/** A modal question on the native dialog: focus stays in it, Escape cancels, focus returns where it was. */
import { html, type LitElement, type ReactiveController, type TemplateResult } from 'lit';
import { button } from './controls.ts';

export interface Question {
  readonly title: string;
  /** Sentences, or fields. */
  readonly body: unknown;
  /** The verb that names the result. */
  readonly confirm: string;
  readonly cancel: string;
  readonly danger?: boolean;
  readonly busy?: boolean;
  /** Return false to keep the dialog open. */
  readonly act: () => unknown;
  readonly closed?: () => void;
}

type Host = LitElement;

export class Dialog implements ReactiveController {
  readonly #host: Host;
  #question: Question | null = null;

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  get open(): boolean {
    return this.#question !== null;
  }

  /** Asks. Ask again with the same dialog open to change what it shows. */
  ask(question: Question): void {
    this.#question = question;
    this.#host.requestUpdate();
  }

  close(): void {
    const asked = this.#question;
    this.#question = null;
    this.#host.requestUpdate();
    asked?.closed?.();
  }

  hostUpdated(): void {
    const element = this.#host.renderRoot?.querySelector('dialog');
    if (!element) return;
    if (this.#question !== null && !element.open) element.showModal();
    if (this.#question === null && element.open) element.close();
  }

  async #confirm(): Promise<void> {
    const result = await this.#question?.act();
    if (result !== false) this.close();
  }

  /** Put it once into the element's template. */
  template(): TemplateResult {
    const q = this.#question;
    return html`<dialog part="dialog" aria-labelledby="lot-dialog-title"
      @cancel=${(event: Event) => {
        event.preventDefault();
        this.close();
      }}>${
        q === null
          ? ''
          : html`<form class="inner" method="dialog" @submit=${(event: Event) => {
              event.preventDefault();
              void this.#confirm();
            }}>
        <h2 class="title" id="lot-dialog-title">${q.title}</h2>
        ${q.body}
        <div class="tick">
          ${button({ label: q.confirm, type: 'submit', look: q.danger ? 'danger filled' : 'primary', busy: q.busy ?? false, action: 'confirm' })}
          ${button({ label: q.cancel, press: () => this.close(), action: 'cancel' })}
        </div>
      </form>`
      }</dialog>`;
  }
}
