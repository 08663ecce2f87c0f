/** Reads an exported ledger line by line and proves each against the ones before, holding one at a time. */
import { chainLink, GENESIS, textsDigest } from '../ports/chain.ts';
import type { Head } from '../ports/store.ts';
import { type BesideGroup, badLine, type Part, partOf } from './archive.ts';

/** Lines as they come: of a file, of a request, of an array. Without their line ends. */
export type Lines = Iterable<string> | AsyncIterable<string>;

/** Follows both chains of an archive. */
class Course {
  #line = 0;
  #head: Head = { seq: 0, link: GENESIS };
  #beside = GENESIS;
  #ended = false;

  take(text: string): Part {
    const line = ++this.#line;
    if (this.#ended) throw badLine(line, 'order');
    const part = partOf(text, line);
    if (part.kind === 'beside') {
      // names come first: whoever reads the journal has them all
      if (this.#head.seq > 0) throw badLine(line, 'order');
      this.#beside = this.#linked(part, this.#beside);
    } else if (part.kind === 'group') {
      if (part.firstSeq !== this.#head.seq + 1) throw badLine(line, 'order');
      this.#head = { seq: this.#head.seq + part.texts.length, link: this.#linked(part, this.#head.link) };
    } else if (part.kind === 'end') {
      const { seq, link } = this.#head;
      if (part.seq !== seq || part.link !== link || part.beside !== this.#beside) throw badLine(line, 'head');
      this.#ended = true;
    }
    return part;
  }

  /** An archive that just stops was cut off. */
  end(): void {
    if (!this.#ended) throw badLine(this.#line + 1, 'missing');
  }

  #linked({ texts, digest, link }: BesideGroup, before: string): string {
    if (textsDigest(texts) !== digest) throw badLine(this.#line, 'digest');
    if (chainLink(before, digest) !== link) throw badLine(this.#line, 'chain');
    return link;
  }
}

/**
 * The parts of an archive, each proved before it is given.
 * @throws LedgerError archive.invalid with the line and why; store.newer for what a newer version wrote
 */
export async function* partsOf(lines: Lines): AsyncGenerator<Part> {
  const course = new Course();
  for await (const line of lines) yield course.take(line);
  course.end();
}

/**
 * Reads an archive to its end and writes nothing.
 * @returns the head it leads to
 * @throws LedgerError as {@link partsOf}
 */
export async function checkArchive(lines: Lines): Promise<Head> {
  let head: Head = { seq: 0, link: GENESIS };
  for await (const part of partsOf(lines)) if (part.kind === 'end') head = { seq: part.seq, link: part.link };
  return head;
}
