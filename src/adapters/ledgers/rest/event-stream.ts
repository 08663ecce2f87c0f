/** Reads a body of server-sent events as it comes, by the rules of the HTML standard. */

/** One message: its fields, as far as it had them. */
export interface StreamMessage {
  readonly event: string;
  readonly data: string;
  /** As the last message that had one said. */
  readonly id: string | undefined;
}

/** Characters a message may have before it is taken for something else. */
const LONGEST = 4_000_000;

/** Lines and messages out of pieces of text, wherever they were cut. */
export class EventReader {
  #rest = '';
  #begun = false;
  #event = '';
  #data: string[] = [];
  #id: string | undefined;
  /** Milliseconds to wait before connecting again, where the server said so. */
  retry: number | undefined;

  /** The messages that are complete with this piece; one without data only moves the id. */
  read(piece: string): StreamMessage[] {
    const text = this.#rest + (this.#begun ? piece : piece.replace(/^\ufeff/, ''));
    this.#begun ||= piece !== '';
    // a carriage return at the end may be half of an end of line
    const lines = text.replace(/\r\n|\r(?!$)/g, '\n').split('\n');
    this.#rest = lines.pop() ?? '';
    if (this.#rest.length > LONGEST) throw new RangeError('a line without an end');
    return lines.flatMap((line) => this.#line(line) ?? []);
  }

  #line(line: string): StreamMessage | undefined {
    if (line === '') return this.#message();
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') this.#event = value;
    else if (field === 'data') this.#data.push(value);
    else if (field === 'id' && !value.includes('\0')) this.#id = value;
    else if (field === 'retry' && /^\d+$/.test(value)) this.retry = Number(value);
    return undefined;
  }

  #message(): StreamMessage {
    const message = { event: this.#event || 'message', data: this.#data.join('\n'), id: this.#id };
    this.#event = '';
    this.#data = [];
    return message;
  }
}
