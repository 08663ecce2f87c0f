/** The panel of the current line's serials: a box for many codes at once, and a verdict on each. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { LineDraft } from '../controllers/posting-form-draft.ts';
import { makesSerials } from '../controllers/posting-form-draft.ts';
import type { LineStatus } from '../controllers/posting-form-status.ts';
import type { Verdict } from '../controllers/posting-form-verdicts.ts';
import { icon } from '../icons.ts';
import { badge, button, code } from '../primitives/index.ts';
import { meterLine, numberOf, type PostingParts, waysField } from './posting-form-parts.ts';

/** Verdicts that are drawn; the rest is counted. */
const WINDOW = 100;

/** What a verdict says. */
function wordsOf(verdict: Verdict, line: LineDraft, parts: PostingParts): string {
  const { format } = parts;
  const { kind, code: text, place, problem } = verdict;
  switch (kind) {
    case 'bad':
    case 'refused':
      return problem === undefined ? '' : parts.say(problem, line);
    case 'notFound':
      return format.problem('serial.notFound', { code: text });
    case 'notHere':
      return format.problem('serial.notHere', { code: text, place });
    default:
      return format.text(`postingForm.verdict.${kind}`, { place });
  }
}

const shapes = { ok: 'ok', warn: 'warn', danger: 'danger', plain: 'clock' } as const;

/** The first of a few, exceptions before the rest: nobody looks for three among ten thousand. */
function shownOf(all: readonly Verdict[]): { verdict: Verdict; index: number }[] {
  const numbered = all.map((verdict, index) => ({ verdict, index }));
  if (all.length <= WINDOW) return numbered;
  const loud = numbered.filter(({ verdict }) => verdict.severity === 'danger' || verdict.severity === 'warn');
  const quiet = numbered.filter(({ verdict }) => verdict.severity === 'ok' || verdict.severity === 'plain');
  return [...loud.slice(0, WINDOW), ...quiet.slice(0, Math.max(0, WINDOW - loud.length))];
}

function list(all: readonly Verdict[], line: LineDraft, parts: PostingParts): TemplateResult {
  const shown = shownOf(all);
  const rest = all.length - shown.length;
  const label = parts.format.text('postingForm.serialsFor', { n: numberOf(line, parts.form) });
  return html`<ol class="verdicts" tabindex="0" aria-label=${label}>${shown.map(
    ({ verdict, index }) =>
      html`<li class="v-${verdict.severity}"><span class="n muted">${index + 1}</span>${code(
        verdict.code,
      )}<span class="with v">${icon(shapes[verdict.severity])}<span>${wordsOf(verdict, line, parts)}</span></span></li>`,
  )}${rest > 0 ? html`<li class="muted">${parts.format.text('postingForm.moreCodes', { n: rest })}</li>` : nothing}</ol>`;
}

function typedBody(line: LineDraft, status: LineStatus, parts: PostingParts): TemplateResult {
  const { form, format } = parts;
  const t = format.text.bind(format);
  const read = form.serialsOf(line);
  const { all, good, wrong } = form.judged(line);
  const some = read.all.length > 0;
  const range = (event: Event): void => {
    const box = (event.currentTarget as Element).closest('.range');
    const [from, to] = [...(box?.querySelectorAll('input') ?? [])];
    if (!from?.value.trim() || !to?.value.trim()) return;
    const text = [line.serialText.trimEnd(), `${from.value.trim()}-${to.value.trim()}`]
      .filter(Boolean)
      .join('\n');
    from.value = '';
    to.value = '';
    form.setSerials(line.key, `${text}\n`);
  };
  const count = String(good.length);
  const differs = status.serialMeter !== undefined && status.serialMeter.needed !== count && good.length > 0;
  return html`<div class="sec give">
      <div class="field"><label for="serial-text">${t('postingForm.serialText')}</label>
        <textarea id="serial-text" class="in code" rows="4" spellcheck="false" autocomplete="off" aria-describedby="serial-help"
          .value=${live(line.serialText)} ?readonly=${parts.readonly}
          @input=${(event: Event) => form.setSerials(line.key, (event.target as HTMLTextAreaElement).value)}></textarea>
        <span class="help" id="serial-help">${some ? t('postingForm.linesRead', { n: read.all.length }) : t('postingForm.serialHelp')}</span></div>
      <div class="range" role="group" aria-label=${t('postingForm.addRange')}>
        <input class="in code" type="text" autocomplete="off" aria-label=${t('postingForm.rangeFrom')} placeholder=${t('postingForm.rangeFrom')} />
        <input class="in code" type="text" autocomplete="off" aria-label=${t('postingForm.rangeTo')} placeholder=${t('postingForm.rangeTo')}
          @keydown=${(event: KeyboardEvent) => event.key === 'Enter' && range(event)} />
        ${button({ label: t('postingForm.addRange'), action: 'add-range', press: range })}</div>
      ${
        some
          ? html`<div class="tags" role="status">${badge('ok', t('postingForm.added', { n: good.length }))}${
              read.repeated > 0 ? badge('warn', t('postingForm.repeated', { n: read.repeated })) : nothing
            }${wrong > 0 ? badge('danger', t('postingForm.badCodes', { n: wrong })) : nothing}</div>`
          : nothing
      }
    </div>
    ${some ? list(all, line, parts) : nothing}
    ${
      some && (wrong > 0 || read.repeated > 0 || differs) && !parts.readonly
        ? html`<div class="sec acts3">${
            wrong > 0 || read.repeated > 0
              ? button({
                  label: t('postingForm.keepValid', { n: good.length }),
                  action: 'keep-valid',
                  press: () => form.setSerials(line.key, good.join('\n')),
                })
              : nothing
          }${
            differs && (line.unit === '' || line.unit === line.item.unit.code)
              ? button({
                  label: t('postingForm.useCount', { n: good.length }),
                  look: 'quiet',
                  action: 'use-count',
                  press: () => form.patchLine(line.key, { quantity: count }),
                })
              : nothing
          }</div>`
        : nothing
    }`;
}

/** Serials of the current line. */
export function serialsPanel(line: LineDraft, status: LineStatus, parts: PostingParts): TemplateResult {
  const { form, format } = parts;
  const t = format.text.bind(format);
  const offered = !form.load || makesSerials(line.item, form.template);
  const ways = offered
    ? waysField({
        name: 'serials',
        label: t('postingForm.howSerials'),
        value: line.serialsMode,
        ways: [
          ['typed', t('postingForm.byHand')],
          ['auto', t('postingForm.automatic')],
        ],
        choose: (value) => form.patchLine(line.key, { serialsMode: value === 'auto' ? 'auto' : 'typed' }),
      })
    : nothing;
  const meter = status.serialMeter;
  const n = Number(meter?.needed ?? 0);
  const automatic = t(form.load ? 'postingForm.autoSerialsLoad' : 'postingForm.autoSerialsUnload', { n });
  return html`<section class="serials-panel" aria-labelledby="serials-title">
    <div class="bar"><h3 class="heading" id="serials-title">${t('postingForm.serialsFor', { n: numberOf(line, form) })}<span
      class="muted">${line.item.code}</span></h3><span class="grow"></span>${ways}</div>
    ${meter === undefined ? nothing : meterLine(meter, (value) => format.quantity(value), format, nothing)}
    ${
      line.serialsMode === 'auto'
        ? html`<p class="sec muted">${automatic}</p>`
        : typedBody(line, status, parts)
    }</section>`;
}
