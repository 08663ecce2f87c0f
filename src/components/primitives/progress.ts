/** How far something is: a named bar, one whose end is not known, and the line on a region that is busy. */
import { html, nothing, type TemplateResult } from 'lit';

/** The line that moves on a region's upper edge while it is busy. */
export function progressLine(on: boolean): TemplateResult | typeof nothing {
  return on ? html`<div class="progressline" aria-hidden="true"></div>` : nothing;
}

/**
 * A progress bar with its name. Without `value` its end is not known: it moves, and says nothing of how far
 * it is. `text` is what is read in place of a percentage, such as `300 of 4,000`.
 */
export function progress(
  label: string,
  value: number | undefined,
  max: number,
  text?: string,
): TemplateResult {
  if (value === undefined) return html`<progress part="progress" aria-label=${label}></progress>`;
  return html`<progress part="progress" aria-label=${label} aria-valuetext=${text ?? nothing}
    .value=${max === 0 ? 0 : value} max=${Math.max(1, max)}></progress>`;
}
