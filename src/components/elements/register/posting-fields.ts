/** What a register may show of a posting: its columns, as the fields a host's own are made of too. */
import { html, nothing, type TemplateResult } from 'lit';
import type { PostedLine, Posting } from '../../core.ts';
import type { DrawContext, FieldExtension } from '../../extensions/types.ts';
import type { Format } from '../../i18n/format.ts';
import { code, dash } from '../../primitives/values.ts';
import { postingStanding, standingBadge, standingWord } from './standing.ts';

const SHOWN_CODES = 4;

export const postingKind = (posting: Posting, { format }: DrawContext): TemplateResult =>
  html`${format.word('type', posting.type)} <span class="sub">${format.word('intent', posting.intent)}</span>`;

const documentText = ({ document }: Posting, format: Format): string =>
  document === null ? '' : document.number || format.word('document', document.type);

const documentOf = (posting: Posting, { format }: DrawContext): unknown =>
  posting.document === null
    ? dash
    : posting.document.number
      ? html`<span title=${format.word('document', posting.document.type)}>${code(posting.document.number)}</span>`
      : format.word('document', posting.document.type);

export const postingParty = (posting: Posting): unknown =>
  posting.party === null
    ? dash
    : html`<bdi title=${posting.party.code}>${posting.party.name ?? posting.party.code}</bdi>`;

/** The item of a posting with one line; else the first and how many more. */
export function postingContents(posting: Posting, { format, lookups }: DrawContext): unknown {
  const [first, ...more] = posting.lines;
  if (first === undefined) return dash;
  const rest =
    more.length > 0
      ? format.text('postings.moreLines', { n: more.length })
      : (lookups.items.get(first.item)?.description ?? '');
  return html`<bdi class="medium">${first.item}</bdi> <span class="sub cut" title=${rest}>${rest}</span>`;
}

/** The lots of a line, or its serials; the first few. */
export function trackedIn(line: PostedLine, { format }: DrawContext): unknown {
  const rows = line.lots.length > 0 ? line.lots : line.serials;
  if (rows.length === 0) return dash;
  const shown = rows
    .slice(0, SHOWN_CODES)
    .map((row, i) => html`${i === 0 ? nothing : ', '}${code(row.code)}`);
  if (rows.length <= SHOWN_CODES) return shown;
  const key = line.lots.length > 0 ? 'postings.lotCount' : 'postings.serialCount';
  return html`${shown}… <span class="sub">${format.text(key, { n: rows.length })}</span>`;
}

const shown: readonly FieldExtension<Posting>[] = [
  {
    key: 'number',
    label: 'word.number',
    type: 'code',
    sort: 'seq',
    filter: 'numberText',
    example: 'filter.codeSyntax',
    value: (posting) => posting.numberText,
    render: (value) => code(String(value)),
  },
  { key: 'date', label: 'word.date', type: 'date', sort: 'date', filter: 'date', group: 'month' },
  {
    key: 'type',
    label: 'word.type',
    type: 'text',
    filter: 'intent',
    group: 'intent',
    value: ({ intent }) => intent,
    format: (_, { type, intent }, { format }) =>
      `${format.word('type', type)} ${format.word('intent', intent)}`,
    render: (_, posting, context) => postingKind(posting, context),
  },
  {
    key: 'status',
    label: 'word.status',
    type: 'text',
    role: 'status',
    from: 74,
    value: (posting) => (posting.reversed ? 'reversed' : posting.reverses === null ? 'posted' : 'reversal'),
    format: (_, posting, context) => standingWord(postingStanding(posting), context),
    render: (_, posting, context) => standingBadge(postingStanding(posting), context),
  },
  {
    key: 'warehouse',
    label: 'word.warehouse',
    type: 'text',
    sort: 'warehouse',
    filter: 'warehouse',
    group: 'warehouse',
  },
  {
    key: 'template',
    label: 'word.template',
    type: 'code',
    sort: 'template',
    filter: 'template',
    group: 'template',
    from: 82,
  },
  {
    key: 'contents',
    label: 'word.item',
    type: 'text',
    fluid: true,
    value: ({ lines }) => [...new Set(lines.map(({ item }) => item))].join(', '),
    render: (_, posting, context) => postingContents(posting, context),
  },
  {
    key: 'document',
    label: 'word.document',
    type: 'code',
    filter: 'document',
    from: 66,
    value: ({ document }) => document?.number ?? null,
    format: (_, posting, { format }) => documentText(posting, format),
    render: (_, posting, context) => documentOf(posting, context),
  },
  {
    key: 'party',
    label: 'word.party',
    type: 'text',
    sort: 'party',
    filter: 'party',
    group: 'party',
    from: 58,
    value: ({ party }) => party?.code ?? null,
    format: (_, { party }) => party?.name ?? party?.code ?? '',
    render: (_, posting) => postingParty(posting),
  },
  { key: 'actor', label: 'word.actor', type: 'text', filter: 'actor', group: 'actor', from: 96 },
  {
    key: 'recorded',
    label: 'word.recorded',
    type: 'instant',
    from: 90,
    value: ({ recordedAt }) => recordedAt,
  },
];

/** Chosen by those who need them. */
const more: readonly FieldExtension<Posting>[] = [
  { key: 'note', label: 'word.note', type: 'text', filter: 'note' },
  { key: 'project', label: 'word.project', type: 'text', filter: 'project', group: 'project' },
  { key: 'reason', label: 'word.reason', type: 'text' },
  { key: 'lines', label: 'word.lines', type: 'number', value: ({ lines }) => lines.length },
];

/**
 * Every built-in field of a posting, in the order of its columns.
 *
 * @example
 * register.fields = postingFields.map(({ key }) => key).filter((key) => key !== 'template');
 */
export const postingFields: readonly FieldExtension<Posting>[] = [
  ...shown,
  ...more.map((field) => ({ ...field, hidden: true })),
];
