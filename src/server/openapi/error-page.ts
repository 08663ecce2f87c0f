/** The page of an error's code: what it means, what was not written, what to do. */
import { type ErrorCode, type ErrorKind, errorCatalogue, type Retry } from '../../core/index.ts';
import { statusOf } from '../refusals.ts';
import { html } from './html.ts';
import { pageOf } from './page.ts';

const written = {
  refused:
    'Nothing of the command. The refusal itself is kept as the answer of its id: the same id answers it again.',
  missing:
    'Nothing. Where a command named what is missing, its refusal is kept as the answer of its id; a question changes nothing.',
  warned: 'Everything: it is a warning beside a posting that was accepted.',
  unanswered:
    'Nothing that was acknowledged. The same command, sent again under the same id, has one effect.',
  unsure:
    'It is not known whether the command was written. The same id tells: sent again, it has one effect.',
  nothing: 'Nothing, and the id of the command is still free.',
} as const;

const ofKind: Partial<Record<ErrorKind, keyof typeof written>> = {
  rejected: 'refused',
  conflict: 'refused',
  missing: 'missing',
  unavailable: 'unanswered',
};

/** Codes that are not what their kind would make one think: no command ends in them, or it has been accepted. */
const ofCode: Partial<Record<ErrorCode, keyof typeof written>> = {
  'command.notApplied': 'nothing',
  'job.notFound': 'nothing',
  'limit.time': 'nothing',
  'location.warning': 'warned',
  'lot.ambiguous': 'nothing',
  'lot.expiredSince': 'warned',
  'lot.expiresSoon': 'warned',
  'lot.statusWarning': 'warned',
  'request.failed': 'unsure',
  'request.slow': 'nothing',
  'request.unknown': 'nothing',
  'reservation.broken': 'warned',
  'serial.ambiguous': 'nothing',
  'store.notEmpty': 'nothing',
  'store.unknown': 'unsure',
};

const wordsOf = (code: ErrorCode, kind: ErrorKind): string =>
  written[ofCode[code] ?? ofKind[kind] ?? 'nothing'];

const advice: Readonly<Record<Retry, string>> = {
  never: 'Sending it again does not help.',
  'same-id': 'Send the same command again, under the same id.',
  'new-id': 'Correct what was sent, and send it under a new id.',
};

/** The page of a code; undefined where there is none of this name. */
export function errorPage(code: string, style: string, docs: string): string | undefined {
  if (!Object.hasOwn(errorCatalogue, code)) return undefined;
  const known = code as ErrorCode;
  const { kind, retry, message } = errorCatalogue[known];
  const status = statusOf({ kind, code: known, retry, details: {} });
  const content = html`<main class="single"><h1><code>${code}</code></h1><p>${message({})}</p><dl><dt>Status</dt><dd>${status}</dd><dt>Kind</dt><dd>${kind}</dd><dt>Written</dt><dd>${wordsOf(known, kind)}</dd><dt>To do</dt><dd>${advice[retry]}</dd></dl><p><a href="${docs}">The whole description</a></p></main>`;
  return pageOf(code, style, content);
}
