/**
 * A field that finds one of many: items, lots, parties. It asks for the first few that match what is typed,
 * so thousands are no more than fifty. Native input, its list in the same root and in the top layer.
 */
import { html, type LitElement, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { Requests } from '../controllers/requests.ts';
import type { Format } from '../i18n/format.ts';
import { icon } from '../icons.ts';
import { type FieldOptions, field } from './fields.ts';
import { Layer } from './layer.ts';

export interface Option {
  readonly value: string;
  /** What the field shows once it is picked. */
  readonly label: string;
  /** Second words, muted: a description. */
  readonly sub?: string;
  /** At the end of the line: a quantity, an expiry. */
  readonly aside?: string;
  /** Cannot be picked; `aside` says why. */
  readonly disabled?: boolean;
}

export interface ComboboxOptions {
  /** The first matches, best first; at most fifty are shown. */
  readonly load: (search: string, signal: AbortSignal) => Promise<readonly Option[]>;
  /** Picked, or cleared with null. */
  readonly pick: (option: Option | null) => void;
  /** Accept what is typed though nothing was picked: new codes. Called on leaving the field. */
  readonly typed?: (text: string) => void;
}

const SHOWN = 50;
const WAIT_MS = 120;

type Host = LitElement;

export class Combobox implements ReactiveController {
  readonly #host: Host;
  readonly #o: ComboboxOptions;
  readonly #requests = new Requests();
  #open = false;
  #loading = false;
  #failed = false;
  #options: readonly Option[] = [];
  #more = false;
  #active = -1;
  #text: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #id = '';
  readonly #layer = new Layer({
    element: () => this.#list,
    placement: { match: true, tallest: 320 },
    close: (why) => {
      if (why === 'escape') this.#text = null;
      this.#close();
    },
  });

  constructor(host: Host, options: ComboboxOptions) {
    this.#host = host;
    this.#o = options;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#close();
    this.#layer.gone();
    this.#requests.abort();
  }

  hostUpdated(): void {
    const field = this.#input?.closest('.in');
    if (this.#open && field) this.#layer.beside(field);
    this.#layer.sync(this.#open);
    if (this.#open) this.#list?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }

  /** Whether the list is shown. */
  get open(): boolean {
    return this.#open;
  }

  /** Whether the choices are being read. */
  get loading(): boolean {
    return this.#loading;
  }

  /** Takes what was typed, as leaving the field does. */
  commit(): void {
    const text = this.#text;
    if (text !== null) {
      const exact = this.#options.find((option) => option.label.toLowerCase() === text.trim().toLowerCase());
      this.#text = null;
      if (exact !== undefined && !exact.disabled) this.#o.pick(exact);
      else if (text.trim() === '') this.#o.pick(null);
      else this.#o.typed?.(text.trim());
    }
    this.#close();
  }

  get #root(): ParentNode | null {
    return this.#host.renderRoot ?? null;
  }

  get #list(): HTMLElement | null {
    return this.#id === '' ? null : (this.#root?.querySelector<HTMLElement>(`#${this.#id}-list`) ?? null);
  }

  get #input(): HTMLInputElement | null {
    return this.#id === '' ? null : (this.#root?.querySelector<HTMLInputElement>(`#${this.#id}`) ?? null);
  }

  #ask(search: string, wait: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#load(search), wait);
  }

  async #load(search: string): Promise<void> {
    this.#loading = true;
    this.#failed = false;
    this.#host.requestUpdate();
    try {
      const outcome = await this.#requests.run('options', (signal) => this.#o.load(search, signal));
      if (outcome.stale) return;
      this.#more = outcome.value.length > SHOWN;
      this.#options = outcome.value.slice(0, SHOWN);
      this.#active = search === '' ? -1 : this.#options.findIndex((option) => !option.disabled);
    } catch {
      this.#options = [];
      this.#failed = true;
    }
    this.#loading = false;
    this.#host.requestUpdate();
  }

  #show(search: string, wait = 0): void {
    this.#open = true;
    this.#ask(search, wait);
    this.#host.requestUpdate();
  }

  #close(): void {
    clearTimeout(this.#timer);
    this.#requests.abort();
    this.#open = false;
    this.#loading = false;
    this.#active = -1;
    this.#host.requestUpdate();
  }

  #choose(option: Option | null): void {
    if (option?.disabled) return;
    this.#text = null;
    this.#close();
    this.#o.pick(option);
  }

  #move(step: number): void {
    const last = this.#options.length - 1;
    if (last < 0) return;
    this.#active = Math.min(last, Math.max(0, this.#active + step));
    this.#host.requestUpdate();
  }

  readonly #key = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!this.#open) this.#show(this.#text ?? '');
      else this.#move(event.key === 'ArrowDown' ? 1 : -1);
    } else if (event.key === 'Enter' && this.#open && this.#active >= 0) {
      event.preventDefault();
      this.#choose(this.#options[this.#active] ?? null);
    }
  };

  readonly #leave = (event: FocusEvent): void => {
    const to = event.relatedTarget;
    if (!(to instanceof Node && this.#list?.contains(to))) this.commit();
  };

  /** The field. Its `value` is the label of what is picked. */
  template(o: FieldOptions, format: Format): TemplateResult {
    this.#id = o.id;
    const active = this.#open && this.#active >= 0 ? `${o.id}-o${this.#active}` : nothing;
    const input = html`<span class="in box ${o.look ?? ''}"><input
        id=${o.id}
        type="text"
        role="combobox"
        autocomplete="off"
        aria-autocomplete="list"
        aria-expanded=${this.#open}
        aria-controls="${o.id}-list"
        aria-activedescendant=${active}
        aria-invalid=${o.error ? 'true' : nothing}
        aria-describedby=${o.error || o.help ? `${o.id}-note` : nothing}
        placeholder=${o.placeholder ?? format.text('field.choose')}
        .value=${live(this.#text ?? o.value ?? '')}
        ?required=${o.required}
        ?readonly=${o.readonly}
        ?disabled=${o.disabled}
        @input=${(event: Event) => {
          this.#text = (event.target as HTMLInputElement).value;
          this.#show(this.#text, WAIT_MS);
          o.input?.(this.#text, event);
        }}
        @click=${() => !this.#open && !o.readonly && !o.disabled && this.#show('')}
        @keydown=${o.readonly || o.disabled ? nothing : this.#key}
        @blur=${this.#leave}
      />${o.end ?? icon('chev')}</span>
      <ul class="options" id="${o.id}-list" role="listbox" aria-label=${o.label} popover="manual">
        ${this.#open ? this.#items(o.id, format) : nothing}
      </ul>`;
    return field(o, input);
  }

  #items(id: string, format: Format): unknown {
    if (this.#options.length === 0) {
      const text = format.text(
        this.#loading ? 'field.searching' : this.#failed ? 'field.loadFailed' : 'field.noOption',
      );
      return html`<li class="hint" role="option" aria-disabled="true" aria-selected="false">${text}</li>`;
    }
    const items = this.#options.map(
      (option, index) => html`<li
        class="option"
        id="${id}-o${index}"
        role="option"
        aria-selected=${index === this.#active}
        aria-disabled=${option.disabled ? 'true' : nothing}
        @mousedown=${(event: Event) => event.preventDefault()}
        @click=${() => this.#choose(option)}
      ><bdi class="medium">${option.label}</bdi>${option.sub ? html`<span class="muted cut">${option.sub}</span>` : nothing}${
        option.aside ? html`<span class="aside">${option.aside}</span>` : nothing
      }</li>`,
    );
    const more = this.#more
      ? html`<li class="hint" role="option" aria-disabled="true" aria-selected="false">${format.text('field.moreOptions')}</li>`
      : nothing;
    return [items, more];
  }
}
