/**
 * The base of our fields that stand in a host's own form: name, value, validity and states as a native control
 * has them, the label, the help and the sentence of an error in one root with the control itself.
 */
import { type CSSResult, css, html, type PropertyDeclarations, type TemplateResult } from 'lit';
import { keepTyping, LotElement } from '../../base.ts';
import { baseStyles, forms } from '../../styles/index.ts';

/** What is wrong with a value: the flag of a form's validity, and a sentence. */
export interface ControlProblem {
  readonly flag: Exclude<keyof ValidityStateFlags, 'valid'>;
  readonly text: string;
}

const accessor = { noAccessor: true } as const;

const controlStyles: CSSResult = css`
  .lot {
    display: block;
    border: 0;
    border-radius: 0;
    background: none;
    overflow: visible;
  }
`;

/**
 * What every field has; hosts use it as a type.
 *
 * @cssstate user-invalid - what was typed and left cannot be sent
 */
export abstract class UiControl extends LotElement {
  static formAssociated = true;
  static override shadowRootOptions: ShadowRootInit = {
    ...LotElement.shadowRootOptions,
    delegatesFocus: true,
  };
  static override properties: PropertyDeclarations = {
    name: { type: String, ...accessor },
    disabled: { type: Boolean, ...accessor },
    required: { type: Boolean, ...accessor },
    label: { type: String },
    help: { type: String },
    error: { type: String },
  };
  static override styles: CSSResult[] = [...baseStyles, forms, controlStyles];

  /** Its name above the control; without one, the text of the host's own `<label for>` names it. */
  declare label: string;
  /** A sentence below the control. */
  declare help: string;
  /** What the host has against the value, as a sentence: the field is invalid while it stands. */
  declare error: string;

  #model = '';
  #default = '';
  #own = false;
  #off = false;
  #touched = false;
  #custom = '';

  constructor() {
    super();
    this.label = '';
    this.help = '';
    this.error = '';
    this.addEventListener('invalid', () => this.#show());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.share();
  }

  // --- as native controls have it -----------------------------------------------------------------

  get name(): string {
    return this.getAttribute('name') ?? '';
  }
  set name(name: string) {
    if (name !== this.getAttribute('name')) this.setAttribute('name', name);
    this.requestUpdate();
  }

  get disabled(): boolean {
    return this.hasAttribute('disabled');
  }
  set disabled(on: boolean) {
    this.toggleAttribute('disabled', Boolean(on));
    this.requestUpdate();
  }

  get required(): boolean {
    return this.hasAttribute('required');
  }
  set required(on: boolean) {
    this.toggleAttribute('required', Boolean(on));
    this.judge();
    this.requestUpdate();
  }

  /** The form it belongs to: the one around it, or the one its `form` attribute names. */
  get form(): HTMLFormElement | null {
    return this.internals?.form ?? null;
  }
  get validity(): ValidityState | undefined {
    return this.internals?.validity;
  }
  get validationMessage(): string {
    return this.internals?.validationMessage ?? '';
  }
  get willValidate(): boolean {
    return this.internals?.willValidate ?? false;
  }
  checkValidity(): boolean {
    this.judge();
    return this.internals?.checkValidity() ?? true;
  }
  reportValidity(): boolean {
    this.judge();
    return this.internals?.reportValidity() ?? true;
  }
  /** Makes it invalid with a sentence, or valid again with an empty one. */
  setCustomValidity(sentence: string): void {
    this.#custom = sentence;
    this.judge();
    this.requestUpdate();
  }

  // --- what the form tells ------------------------------------------------------------------------

  formResetCallback(): void {
    this.#model = this.#default;
    this.#own = false;
    this.#touched = false;
    this.forget();
    this.share();
  }

  formDisabledCallback(off: boolean): void {
    this.#off = off;
    this.requestUpdate();
  }

  formStateRestoreCallback(state: string | File | FormData | null, mode: 'restore' | 'autocomplete'): void {
    if (typeof state !== 'string') return;
    if (mode === 'restore' && state.startsWith('typed:')) this.restoreTyped(state.slice(6));
    else this.model = mode === 'restore' ? state.replace(/^value:/, '') : state;
  }

  // --- what a kind of control says ----------------------------------------------------------------

  /** The value, free of any language; `''` for none. */
  protected get model(): string {
    return this.#model;
  }
  protected set model(value: string) {
    this.#model = value;
    this.#own = true;
    this.forget();
    this.share();
  }

  /** What it has until somebody or a script gives it a value, and again after a reset. */
  protected get initial(): string {
    return this.#default;
  }
  protected set initial(value: string) {
    this.#default = value;
    if (!this.#own) this.#model = value;
    this.share();
  }

  /** A value that somebody chose or typed. */
  protected take(value: string): void {
    this.#model = value;
    this.#own = true;
    this.share();
  }

  /** What goes into the form; null for no entry. */
  protected get entry(): string | null {
    return this.#model;
  }
  /** A text that cannot be read, while it stands in the field. */
  protected get typed(): string | undefined {
    return undefined;
  }
  /** A text from before the page was left. */
  protected restoreTyped(_text: string): void {}
  /** What was typed is no longer meant. */
  protected forget(): void {}
  /** What is wrong with the value as it is. */
  protected abstract problem(): ControlProblem | undefined;
  /** The labelled control; `id` is the native one's. */
  protected abstract control(): TemplateResult;

  /** It cannot be used now: its own doing, or that of a fieldset around it. */
  protected get off(): boolean {
    return this.#off || this.disabled;
  }

  /** What its label says, or the host's label for it. */
  protected get shownLabel(): string {
    if (this.label) return this.label;
    const [outer] = this.internals?.labels ?? [];
    return outer?.textContent?.trim() ?? '';
  }

  /** The error in the place of the help: the host's, or its own once somebody has used the field. */
  protected get shownError(): string | undefined {
    if (this.off || this.readonly) return undefined;
    if (this.error) return this.error;
    return this.#touched && this.internals?.validity.valid === false ? this.validationMessage : undefined;
  }

  /** What all template functions of fields take. */
  protected get fieldOptions() {
    return {
      id: 'control',
      field: this.name || 'value',
      label: this.shownLabel,
      bareLabel: this.label === '',
      required: this.required,
      readonly: this.readonly,
      disabled: this.off,
      help: this.help || undefined,
      error: this.shownError,
    };
  }

  // --- between the two ----------------------------------------------------------------------------

  /** Tells the form what it has now. */
  protected share(): void {
    const { entry, typed } = this;
    this.internals?.setFormValue(entry, typed === undefined ? `value:${this.#model}` : `typed:${typed}`);
    this.mark('dirty', typed !== undefined || this.#model !== this.#default);
    this.judge();
    this.requestUpdate();
  }

  /** Tells the form whether it is valid, and what the browser may point at. */
  protected judge(): void {
    const { internals } = this;
    if (internals === undefined) return;
    const sentence = [this.error, this.#custom].find((text) => typeof text === 'string' && text !== '');
    const problem: ControlProblem | undefined = sentence
      ? { flag: 'customError', text: sentence }
      : this.problem();
    const anchor = this.renderRoot?.querySelector<HTMLElement>('#control');
    if (problem === undefined) internals.setValidity({});
    else if (anchor) internals.setValidity({ [problem.flag]: true }, problem.text, anchor);
    else internals.setValidity({ [problem.flag]: true }, problem.text);
    this.mark('invalid', problem !== undefined);
    this.mark('user-invalid', this.shownError !== undefined);
  }

  #show(): void {
    this.#touched = true;
    this.mark('user-invalid', true);
    this.requestUpdate();
  }

  /** The native event, once, also outside of the root. */
  protected tell(kind: 'input' | 'change'): void {
    if (kind === 'change') this.#touched = true;
    this.dispatchEvent(new Event(kind, { bubbles: true, composed: true }));
  }

  /** What Enter does: as in a native field, the form's first submit button, or the form itself. */
  protected submit(): void {
    const { form } = this;
    if (form === null) return;
    const submits = (each: Element): each is HTMLButtonElement =>
      each.matches('button:not([type]), button[type="submit"], input:is([type="submit"], [type="image"])');
    const button = [...form.elements].find(submits);
    if (button === undefined) form.requestSubmit();
    else if (!button.matches(':disabled')) button.click();
  }

  /** Before Enter submits; false keeps it from submitting. */
  protected maySubmit(): boolean {
    return true;
  }

  readonly #key = (event: KeyboardEvent): void => {
    keepTyping(event);
    if (event.key !== 'Enter' || event.defaultPrevented || event.isComposing) return;
    const at = event.composedPath()[0];
    if (!(at instanceof HTMLInputElement) || !this.maySubmit()) return;
    event.preventDefault();
    this.submit();
  };

  /** Native events inside are told anew, with the value that belongs to them. */
  readonly #mute = (event: Event): void => event.stopPropagation();

  protected override firstUpdated(): void {
    this.becomeReady();
  }

  protected override updated(): void {
    this.judge();
  }

  protected override render(): TemplateResult {
    return html`<div class="lot ${this.spacing}" part="base" dir=${this.direction} lang=${this.language}
      @keydown=${this.#key} @input=${this.#mute} @change=${this.#mute}>${this.control()}</div>`;
  }
}
