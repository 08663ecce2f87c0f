/** The postings register: every load and unload, newest first. */
import { html, nothing, type TemplateResult } from 'lit';
import type { PostedLine, Posting } from '../../core.ts';
import { code, dash, place, quantity } from '../../primitives/values.ts';
import type { CellContext, ChipDefinition, RegisterKind } from './kind.ts';
import { postingStanding, standingBadge } from './standing.ts';

/** An opened row shows so many lines; the rest is in the posting itself. */
const SHOWN_LINES = 20;
const SHOWN_CODES = 4;

function chips(offers: (filter: string) => boolean): readonly ChipDefinition[] {
  const all: ChipDefinition = { id: 'all', label: 'register.all', filter: {} };
  if (!offers('type')) return [all];
  return [
    all,
    { id: 'loads', label: 'register.loads', filter: { type: 'load' } },
    { id: 'unloads', label: 'register.unloads', filter: { type: 'unload' } },
  ];
}

const kindOf = (posting: Posting, { format }: CellContext): TemplateResult =>
  html`${format.word('type', posting.type)} <span class="sub">${format.word('intent', posting.intent)}</span>`;

const documentOf = (posting: Posting, { format }: CellContext): unknown =>
  posting.document === null
    ? dash
    : posting.document.number
      ? html`<span title=${format.word('document', posting.document.type)}>${code(posting.document.number)}</span>`
      : format.word('document', posting.document.type);

const party = (posting: Posting): unknown =>
  posting.party === null
    ? dash
    : html`<bdi title=${posting.party.code}>${posting.party.name ?? posting.party.code}</bdi>`;

/** The item of a posting with one line; else the first and how many more. */
function contents(posting: Posting, { format, lookups }: CellContext): unknown {
  const [first, ...more] = posting.lines;
  if (first === undefined) return dash;
  const rest =
    more.length > 0
      ? format.text('postings.moreLines', { n: more.length })
      : (lookups.items.get(first.item)?.description ?? '');
  return html`<bdi class="medium">${first.item}</bdi> <span class="sub">${rest}</span>`;
}

function tracked(line: PostedLine, { format }: CellContext): unknown {
  const rows = line.lots.length > 0 ? line.lots : line.serials;
  if (rows.length === 0) return dash;
  const shown = rows
    .slice(0, SHOWN_CODES)
    .map((row, i) => html`${i === 0 ? nothing : ', '}${code(row.code)}`);
  if (rows.length <= SHOWN_CODES) return shown;
  const key = line.lots.length > 0 ? 'postings.lotCount' : 'postings.serialCount';
  return html`${shown}… <span class="sub">${format.text(key, { n: rows.length })}</span>`;
}

function details(posting: Posting, context: CellContext): TemplateResult {
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
          <td>${tracked(line, context)}</td>
        </tr>`,
      )}</tbody></table>
      ${hidden > 0 ? html`<p class="muted">${t('postings.moreLines', { n: hidden })}</p>` : nothing}</div>
    <div>
      <dl class="kv">${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
      <p class="links"><button class="link" type="button" data-action="open-posting" @click=${() =>
        context.open('posting', posting.id, posting.numberText)}>${t('action.openPosting')}</button></p>
    </div>
  </div>`;
}

function card(posting: Posting, context: CellContext): TemplateResult {
  const { format } = context;
  return html`<div class="line ends">
      <div>${kindOf(posting, context)}</div>
      <div class="end">${format.date(posting.date)}</div>
    </div>
    <div class="cut">${contents(posting, context)}</div>
    <div class="line foots"><span><bdi>${posting.warehouse}</bdi></span><span class="grow"></span><span>${party(posting)}</span></div>`;
}

export const postingsKind: RegisterKind<Posting> = {
  kind: 'posting',
  words: 'postings',
  creates: true,
  list: (ledger, query) => ledger.postings.list(query),
  chips,
  chip: 'all',
  sort: '-date',
  prepare: (rows, lookups) =>
    lookups.readItems(rows.flatMap(({ lines }) => lines.slice(0, SHOWN_LINES).map((line) => line.item))),
  code: (posting) => posting.numberText,
  decimals: () => 0,
  edge: () => '',
  columns: [
    { id: 'number', label: 'word.number', skeleton: 3, cell: (posting) => code(posting.numberText) },
    {
      id: 'date',
      label: 'word.date',
      sort: 'date',
      skeleton: 3,
      cell: (posting, { format }) => format.date(posting.date),
    },
    { id: 'type', label: 'word.type', skeleton: 4, cell: kindOf },
    {
      id: 'status',
      label: 'word.status',
      from: 74,
      skeleton: 3,
      cell: (posting, context) => standingBadge(postingStanding(posting), context),
    },
    {
      id: 'warehouse',
      label: 'word.warehouse',
      sort: 'warehouse',
      skeleton: 2,
      cell: (posting) => html`<bdi>${posting.warehouse}</bdi>`,
    },
    {
      id: 'template',
      label: 'word.template',
      sort: 'template',
      from: 82,
      skeleton: 2,
      cell: (posting) => code(posting.template),
    },
    { id: 'contents', label: 'word.item', fluid: true, skeleton: 4, cell: contents },
    { id: 'document', label: 'word.document', from: 66, skeleton: 3, cell: documentOf },
    { id: 'party', label: 'word.party', sort: 'party', from: 58, skeleton: 4, cell: party },
    {
      id: 'actor',
      label: 'word.actor',
      from: 96,
      skeleton: 2,
      cell: (posting) => html`<bdi>${posting.actor}</bdi>`,
    },
    {
      id: 'recorded',
      label: 'word.recorded',
      from: 90,
      skeleton: 3,
      cell: (posting, { format }) => html`<span class="muted">${format.moment(posting.recordedAt)}</span>`,
    },
  ],
  card,
  details,
};
