/** The postings register: every load and unload, newest first; its columns stand in `posting-fields.ts`. */
import { html, nothing, type TemplateResult } from 'lit';
import type { PostedLine, Posting } from '../../core.ts';
import { dash, place, quantity } from '../../primitives/values.ts';
import { postingActions } from './actions.ts';
import type { ChipDefinition, KindContext, RegisterKind } from './kind.ts';
import { openLink } from './links.ts';
import { postingContents, postingFields, postingKind, postingParty, trackedIn } from './posting-fields.ts';

/** An opened row shows so many lines; the rest is in the posting itself. */
const SHOWN_LINES = 20;

function chips(offers: (filter: string) => boolean): readonly ChipDefinition[] {
  const some: readonly (ChipDefinition | false)[] = [
    { id: 'all', label: 'register.all', filter: {} },
    offers('type') && { id: 'loads', label: 'register.loads', filter: { type: 'load' } },
    offers('type') && { id: 'unloads', label: 'register.unloads', filter: { type: 'unload' } },
    offers('reversed') && { id: 'reversed', label: 'badge.reversed', filter: { reversed: true } },
  ];
  return some.filter((chip) => chip !== false);
}

function details(posting: Posting, context: KindContext): TemplateResult {
  const { format } = context;
  const t = format.text.bind(format);
  const unload = posting.type === 'unload';
  const signed = (line: PostedLine): string =>
    unload && line.quantity !== '0' ? `-${line.quantity}` : line.quantity;
  const hidden = posting.lines.length - SHOWN_LINES;
  const facts: readonly (readonly [string, unknown])[] = [
    [t('word.document'), posting.document ? format.word('document', posting.document.type) : dash],
    [t('word.note'), posting.note ?? posting.reason ?? dash],
    [t('word.recorded'), html`${format.moment(posting.recordedAt)}, <bdi>${posting.actor}</bdi>`],
  ];
  return html`<div class="inner">
    <div><table aria-label=${t('postings.details', { code: posting.numberText })}>
      <thead><tr>
        <th scope="col">${t('word.item')}</th><th scope="col">${t('word.place')}</th>
        <th scope="col" class="num">${t('word.quantity')}</th><th scope="col" class="unit">${t('word.unit')}</th>
        <th scope="col">${t('word.code')}</th>
      </tr></thead>
      <tbody>${posting.lines.slice(0, SHOWN_LINES).map(
        (line) => html`<tr data-line=${line.id}>
          <td><bdi class="medium">${line.item}</bdi></td>
          <td>${place(posting.warehouse, line.location ?? line.lots[0]?.location ?? line.serials[0]?.location)}</td>
          <td class="num ${unload ? '' : 't-ok'}">${quantity(signed(line), format, {
            decimals: context.lookups.items.get(line.item)?.unit.decimals ?? 0,
            pad: context.pad,
            signed: true,
          })}</td>
          <td class="unit">${line.unit}</td>
          <td>${trackedIn(line, context)}</td>
        </tr>`,
      )}</tbody></table>
      ${hidden > 0 ? html`<p class="muted">${t('postings.moreLines', { n: hidden })}</p>` : nothing}</div>
    <div>
      <dl class="kv">${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
      <p class="links">${openLink(context, 'posting', posting.id, posting.numberText, t('action.openPosting'))}</p>
    </div>
  </div>`;
}

function card(posting: Posting, context: KindContext): TemplateResult {
  const { format } = context;
  return html`<div class="line ends">
      <div>${postingKind(posting, context)}</div>
      <div class="end">${format.date(posting.date)}</div>
    </div>
    <div class="cut">${postingContents(posting, context)}</div>
    <div class="line foots"><span><bdi>${posting.warehouse}</bdi></span><span class="grow"></span><span>${postingParty(posting)}</span></div>`;
}

export const postingsKind: RegisterKind<Posting> = {
  kind: 'posting',
  words: 'postings',
  creates: true,
  chips,
  chip: 'all',
  sort: '-date',
  fields: postingFields,
  actions: postingActions,
  prepare: (rows, lookups) =>
    lookups.readItems(rows.flatMap(({ lines }) => lines.slice(0, SHOWN_LINES).map((line) => line.item))),
  code: (posting) => posting.numberText,
  unit: () => undefined,
  edge: () => '',
  card,
  details,
};
