/** What the forms share: the summary of errors with its links, a button that keeps its width, their styles. */
import { type CSSResult, css, html, nothing, type TemplateResult } from 'lit';
import type { FieldError } from '../controllers/lot-form-draft.ts';
import type { Format } from '../i18n/format.ts';
import { icon } from '../icons.ts';

/** An error as the summary lists it: the field's name, its sentence, and how to get there. */
export interface SummaryLine extends FieldError {
  readonly label: string;
}

/** The list on top of a form after it was refused; each line leads to its field. */
export function errorSummary(
  lines: readonly SummaryLine[],
  title: string,
  jump: (path: string) => void,
): TemplateResult | typeof nothing {
  if (lines.length === 0) return nothing;
  return html`<div class="banner danger" part="notice" role="alert">
    ${icon('danger')}<div class="grow"><b>${title}</b>
      <ul class="x">${lines.map(
        (line) => html`<li><button class="link" type="button" data-error=${line.path}
          @click=${() => jump(line.path)}>${line.label}</button>${line.label ? ': ' : ''}${line.sentence}</li>`,
      )}</ul></div>
  </div>`;
}

export interface BusyButton {
  readonly label: string;
  /** Shown while it works; the button stays as wide as the longer one. */
  readonly working: string;
  readonly busy: boolean;
  readonly press: () => void;
  readonly primary?: boolean;
  readonly disabled?: boolean;
  readonly title?: string | undefined;
  /** Said by the element's tooltip: why it cannot be pressed. */
  readonly tip?: string | undefined;
  readonly key?: string;
  readonly action: string;
}

/** A button that does something which takes a while. */
export function busyButton(o: BusyButton): TemplateResult {
  const shown = (on: boolean) => (on ? '' : 'away');
  return html`<button class="btn ${o.primary ? 'primary' : ''}" part="button" type="button" data-action=${o.action}
    aria-disabled=${o.disabled ? 'true' : nothing} aria-busy=${o.busy ? 'true' : nothing}
    title=${o.title ?? nothing} data-tip=${o.tip ?? nothing} aria-description=${o.tip ?? nothing} @click=${o.press}
  ><span class="stack"><span class=${shown(!o.busy)}>${o.label}</span><span class=${shown(o.busy)}>${o.working}</span></span>${
    o.key ? html`<kbd class="kbd" aria-hidden="true">${o.key}</kbd>` : nothing
  }</button>`;
}

/** The hint on asterisks, once per form. */
export const requiredHint = (format: Format): TemplateResult =>
  html`<span class="help">${format.text('field.requiredHint')}</span>`;

/** Whether a key asks to save: Ctrl or Cmd with S; `again` with Shift. */
export function saveKey(event: KeyboardEvent): 'once' | 'again' | undefined {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== 's') return undefined;
  return event.shiftKey ? 'again' : 'once';
}

/** Puts the focus into the field of a path: the field itself, or the one it is a part of. */
export function focusField(root: ParentNode, path: string): void {
  const at = (name: string) => root.querySelector<HTMLElement>(`#f-${CSS.escape(name)}`);
  (at(path) ?? at(path.split(/[.[]/)[0] ?? path))?.focus();
}

export const formParts: CSSResult = css`
  .lot {
    container-type: inline-size;
  }
  .stack {
    display: inline-grid;
    justify-items: center;
  }
  .stack > * {
    grid-area: 1 / 1;
  }
  .away {
    visibility: hidden;
  }
  .banner .link {
    color: inherit;
    text-decoration: underline;
    font-weight: 500;
  }
  .field.code {
    font-family: inherit;
    font-size: 1em;
    letter-spacing: normal;
  }
  .field.num {
    text-align: start;
  }
  .panel > .group:first-child {
    border-block-start: 0;
  }
  .form > .field.w1 {
    grid-column: span 1;
  }
  .form > .field.w3 {
    grid-column: span 3;
  }
  .in.code {
    min-block-size: calc(var(--_control) / 0.955);
  }
  .ticked {
    align-self: end;
  }
  .group {
    padding: 0;
    margin: 0;
    border: 0;
    border-block-start: 1px solid var(--_line);
    min-inline-size: 0;
  }
  .group > .heading {
    padding: 0.77em 0.92em 0;
    margin: 0;
    display: block;
  }
  .group > .heading + .form {
    padding-block-start: 0.46em;
  }
  .acts .help {
    margin-inline-start: auto;
  }
  .say {
    display: flex;
    align-items: center;
    gap: 0.5em;
    color: var(--_ok-text);
  }
  @container (max-width: 35em) {
    .acts .btn {
      flex: 1 1 auto;
    }
    .acts .help {
      flex-basis: 100%;
    }
    .acts .kbd {
      display: none;
    }
  }
`;
