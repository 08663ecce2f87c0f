/**
 * Reads a body of JSON: no more bytes than allowed, no longer than allowed, no deeper and no fuller than
 * allowed; what is beyond is not even kept.
 */
import { LedgerError } from '../core/index.ts';
import type { ServerLimits } from './options.ts';
import { refusal } from './refusals.ts';
import { LATE, within } from './waiting.ts';

type BodyLimits = Pick<ServerLimits, 'bodyBytes' | 'bodySeconds' | 'depth' | 'values'>;

const tooLarge = (max: number): LedgerError => new LedgerError('limit.size', { details: { max } });

const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?$/i;

/** Refuses what cannot be read as JSON in UTF-8. */
function checkType(request: Request): void {
  const type = request.headers.get('content-type') ?? '';
  const encoding = request.headers.get('content-encoding') ?? 'identity';
  if (!JSON_TYPE.test(type.trim()) || encoding.trim().toLowerCase() !== 'identity')
    throw refusal('request.media', { expected: 'application/json' });
}

/** The bytes of a body, as far as they are allowed. */
async function bytesOf(request: Request, limits: BodyLimits): Promise<Uint8Array> {
  const { bodyBytes, bodySeconds } = limits;
  if (Number(request.headers.get('content-length') ?? 0) > bodyBytes) throw tooLarge(bodyBytes);
  const reader = (request.body as ReadableStream<Uint8Array>).getReader();
  const until = Date.now() + bodySeconds * 1000;
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const reading = reader.read().catch((): typeof LATE => LATE);
      const step = await within(reading, until - Date.now());
      // late, or cut off: it never came whole
      if (step === LATE) throw refusal('request.slow', { seconds: bodySeconds });
      if (step.done) break;
      if (size === 0 && step.value.length > 0) checkType(request);
      size += step.value.length;
      if (size > bodyBytes) throw tooLarge(bodyBytes);
      pieces.push(step.value);
    }
  } catch (error) {
    // nobody waits for the rest of it
    reader.cancel().catch(() => undefined);
    throw error;
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/**
 * Counts the levels and values of a text of JSON without reading it: brackets, commas and colons outside of
 * its texts. What is no JSON is found by whoever reads it then.
 */
export function checkJson(text: string, { depth, values }: Pick<BodyLimits, 'depth' | 'values'>): void {
  let level = 0;
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case 0x22: // "
        i++;
        while (i < text.length && text.charCodeAt(i) !== 0x22) i += text.charCodeAt(i) === 0x5c ? 2 : 1;
        break;
      case 0x5b: // [
      case 0x7b: // {
        if (++level > depth) throw new LedgerError('limit.depth', { details: { max: depth } });
        count++;
        break;
      case 0x5d: // ]
      case 0x7d: // }
        level--;
        break;
      case 0x2c: // ,
      case 0x3a: // :
        count++;
    }
    if (count > values) throw tooLarge(values);
  }
}

/**
 * The JSON of a request; undefined where it has no body.
 * @throws LedgerError limit.size, limit.depth, field.type, field.characters; a refusal for the wrong media
 */
export async function readBody(request: Request, limits: BodyLimits): Promise<unknown> {
  if (request.body === null) return undefined;
  const bytes = await bytesOf(request, limits);
  if (bytes.length === 0) return undefined;
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new LedgerError('field.characters', { cause });
  }
  checkJson(text, limits);
  return parsed(text);
}

/** A text of JSON as a value. @throws LedgerError field.type */
export function parsed(text: string, path?: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const details = { expected: 'JSON' };
    throw new LedgerError('field.type', path === undefined ? { details, cause } : { path, details, cause });
  }
}
