/** Lines of a stream of bytes, one at a time, and lines into a file that is whole or not there. */
import { createReadStream } from 'node:fs';
import { link, open, rm } from 'node:fs/promises';
import { LedgerError } from '../core/index.ts';
import { CommandError, systemCode } from './problems.ts';

/** Characters in one line: far beyond any commit; what is longer has no line ends and is no export. */
const LONGEST = 256 * 1024 * 1024;

const tooLong = (line: number): LedgerError =>
  new LedgerError('archive.invalid', { details: { line, why: 'unreadable' } });

/**
 * The lines of a stream of UTF-8, without their ends.
 * @throws LedgerError archive.invalid for bytes that are no UTF-8, and for a line without end
 */
export async function* linesIn(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  let line = 1;
  const decode = (chunk?: Uint8Array): string => {
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
    } catch (cause) {
      throw new LedgerError('archive.invalid', { details: { line, why: 'unreadable' }, cause });
    }
  };
  for await (const chunk of bytes) {
    const found = (rest + decode(chunk)).split('\n');
    rest = found.pop() ?? '';
    for (const each of found) {
      yield each;
      line++;
    }
    if (rest.length > LONGEST) throw tooLong(line);
  }
  rest += decode();
  if (rest !== '') yield rest;
}

/** The lines of a file. */
export const linesOfFile = (path: string): AsyncGenerator<string> => linesIn(createReadStream(path));

/**
 * Writes lines into a new file: aside first, and under its name once all of them are on the disk.
 * @throws CommandError when there is a file of this name
 */
export async function writeLines(path: string, lines: AsyncIterable<string>): Promise<void> {
  const aside = `${path}.${process.pid}.part`;
  const file = await open(aside, 'wx', 0o600);
  try {
    for await (const line of lines) await file.appendFile(`${line}\n`);
    await file.sync();
    // a link, unlike a rename, never replaces a file that is there
    await link(aside, path);
  } catch (error) {
    if (systemCode(error) === 'EEXIST')
      throw new CommandError(`There is a file ${path} already; nothing was written.`);
    throw error;
  } finally {
    await file.close();
    await rm(aside, { force: true });
  }
}

/** Writes lines to the standard output, no faster than it takes them. */
export async function printLines(lines: AsyncIterable<string>): Promise<void> {
  for await (const line of lines) {
    if (process.stdout.write(`${line}\n`)) continue;
    await new Promise((resolve) => process.stdout.once('drain', resolve));
  }
}
