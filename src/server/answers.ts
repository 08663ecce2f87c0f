/** What an endpoint answers, before it is a response; and how it becomes one. */
import { mediaTypes } from '../wire/index.ts';

/** Without body and text nothing is answered but the status. */
export interface Answer {
  readonly status: number;
  /** Rendered as JSON. */
  readonly body?: unknown;
  /** Sent as it stands; its type is among the headers. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer of JSON. */
export const ok = (body: unknown): Answer => ({ status: 200, body });

/** The response of an answer; of a `HEAD` with everything but the body. */
export function rendered({ status, body, text, headers = {} }: Answer, head: boolean): Response {
  if (body === undefined && text === undefined) return new Response(null, { status, headers });
  const bytes = new TextEncoder().encode(text ?? JSON.stringify(body));
  return new Response(head ? null : bytes, {
    status,
    headers: { 'content-type': mediaTypes.json, 'content-length': String(bytes.length), ...headers },
  });
}
