/** `lotledger export` and `lotledger import`: a ledger as lines, out and in. */
import { existsSync } from 'node:fs';
import { checkExport, exportLedger, importLedger } from '../core/index.ts';
import { linesIn, linesOfFile, printLines, writeLines } from './lines.ts';
import { atMost, type Given } from './options.ts';
import { onPlace } from './place.ts';
import { CommandError, misused } from './problems.ts';
import { headLine } from './verify.ts';

/** `-`, as elsewhere, is the standard input or output. */
const fileIn = ({ rest: [path] }: Given): string | undefined => (path === '-' ? undefined : path);

/** The lines of a ledger in which something was written: a wrong name, night after night, is no backup. */
async function* notEmpty(lines: AsyncIterable<string>): AsyncGenerator<string> {
  // the first line says what it is, and the last one where it ends
  const held: string[] = [];
  let isFilled = false;
  for await (const line of lines) {
    if (isFilled) yield line;
    else if (held.push(line) > 2) {
      isFilled = true;
      yield* held;
    }
  }
  if (!isFilled) throw new CommandError('This ledger is empty: there is nothing to export.');
}

export async function exporting(given: Given): Promise<number> {
  atMost(given, 1);
  const file = fileIn(given);
  if (file !== undefined && existsSync(file))
    throw new CommandError(`There is a file ${file} already; nothing was written.`);
  await onPlace(given, { make: false }, async (place) => {
    const lines = notEmpty(exportLedger(place.store()));
    await (file === undefined ? printLines(lines) : writeLines(file, lines));
  });
  if (file !== undefined) console.log(`written to ${file}`);
  return 0;
}

export async function importing(given: Given): Promise<number> {
  atMost(given, 1);
  const file = fileIn(given);
  if (file === undefined && process.stdin.isTTY) throw misused('Name the file to import.');
  if (file !== undefined && !existsSync(file)) throw new CommandError(`There is no file ${file}.`);
  // all of it is proved before the first line is written
  if (file !== undefined) await checkExport(linesOfFile(file));
  await onPlace(given, { make: true }, async (place) => {
    const lines = file === undefined ? linesIn(process.stdin) : linesOfFile(file);
    const head = await importLedger(place.store(), lines);
    console.log(`imported\nentries ${head.seq}\nhead ${headLine(head)}`);
  });
  return 0;
}
