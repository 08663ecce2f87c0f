/** What a form or a view says while its calls wait for somebody to sign in: nothing is lost. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Format } from '../i18n/format.ts';
import { banner, button } from '../primitives/index.ts';
import type { Provided } from '../provider/types.ts';

type Held = Provided['held'];

/** The sentence, for the banner and for those who listen; empty while nothing is held. */
export function heldText(held: Held, format: Format): string {
  if (held === undefined) return '';
  const { changes = 0 } = held;
  const kept = changes > 0 ? format.text('held.changes', { n: changes }) : format.text('held.reads');
  return `${format.text('held.title')} ${kept}`;
}

/** The banner, with a button for hosts that cannot tell by themselves that somebody has signed in. */
export function heldNotice(held: Held, format: Format): TemplateResult | typeof nothing {
  if (held === undefined) return nothing;
  const { changes = 0, resume } = held;
  const resumeButton = button({
    label: format.text('held.resume'),
    icon: 'refresh',
    action: 'resume',
    press: () => resume(),
  });
  return html`<div data-state="held">${banner({
    severity: 'notice',
    icon: 'lock',
    title: format.text('held.title'),
    text: changes > 0 ? format.text('held.changes', { n: changes }) : format.text('held.reads'),
    actions: resumeButton,
  })}</div>`;
}
