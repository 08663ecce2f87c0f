/** Tabs: one tab stop, arrows move and select, Home and End jump. Panels are the caller's own. */
import { html, nothing, type TemplateResult } from 'lit';

export interface Tab {
  readonly id: string;
  readonly label: string;
  readonly count?: string | undefined;
}

/**
 * The row of tabs. Give each panel `role="tabpanel"`, the id `<prefix>-panel-<tab>` and
 * `aria-labelledby="<prefix>-tab-<tab>"`.
 */
export function tabs(
  prefix: string,
  label: string,
  all: readonly Tab[],
  selected: string,
  select: (id: string) => void,
): TemplateResult {
  const key = (event: KeyboardEvent): void => {
    const strip = event.currentTarget as HTMLElement;
    const rtl = getComputedStyle(strip).direction === 'rtl';
    const at = all.findIndex((tab) => tab.id === selected);
    const steps: Record<string, number> = {
      ArrowRight: at + (rtl ? -1 : 1),
      ArrowLeft: at + (rtl ? 1 : -1),
      Home: 0,
      End: all.length - 1,
    };
    const to = steps[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = all[(to + all.length) % all.length];
    if (next === undefined) return;
    select(next.id);
    strip.querySelector<HTMLElement>(`#${prefix}-tab-${next.id}`)?.focus();
  };
  return html`<div class="tabs" part="tabs" role="tablist" aria-label=${label} @keydown=${key}>${all.map(
    (tab) => html`<button class="tab" part="tab" type="button" role="tab" id="${prefix}-tab-${tab.id}"
      data-action="tab-${tab.id}"
      aria-selected=${tab.id === selected}
      aria-controls=${tab.id === selected ? `${prefix}-panel-${tab.id}` : nothing}
      tabindex=${tab.id === selected ? 0 : -1}
      @click=${() => select(tab.id)}>${tab.label}${tab.count === undefined ? nothing : html` <b>${tab.count}</b>`}</button>`,
  )}</div>`;
}
