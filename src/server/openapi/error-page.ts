/** The page of an error's code: what it means, what was not written, what to do. */
import { type ErrorCode, type ErrorKind, errorCatalogue, type Retry } from '../../core/index.ts';
import { statusOf } from '../refusals.ts';
import { html } from './html.ts';
import { pageOf } from './page.ts';

const written: Readonly<Record<'refused' | 'unsure' | 'nothing', string>> = {
  refused:
    'Nothing of the command. The refusal itself is kept as the answer of its id: the same id answers it again.',
  unsure:
    'It is not known whether the command was written. The same id tells: sent again, it has one effect.',
  nothing: 'Nothing, and the id of the command is still free.',
};

const wordsOf = (kind: ErrorKind): string => {
  if (kind === 'rejected' || kind === 'conflict' || kind === 'missing') return written.refused;
  return kind === 'unavailable' ? written.unsure : written.nothing;
};

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
  const content = html`<main class="single"><h1><code>${code}</code></h1><p>${message({})}</p><dl><dt>Status</dt><dd>${status}</dd><dt>Kind</dt><dd>${kind}</dd><dt>Written</dt><dd>${wordsOf(kind)}</dd><dt>To do</dt><dd>${advice[retry]}</dd></dl><p><a href="${docs}">The whole description</a></p></main>`;
  return pageOf(code, style, content);
}
