#!/usr/bin/env node
/** The program `lotledger`: finds the command, runs it, and says in plain words what went wrong. */
import { readFileSync } from 'node:fs';
import { help } from './help.ts';
import { type CommandName, type Given, isCommand, read } from './options.ts';
import { describe, exitCodeOf, misused } from './problems.ts';

type Run = (given: Given) => Promise<number>;

/** Loaded when it is run: `--help` needs no database. */
const commands: Readonly<Record<CommandName, () => Promise<Run>>> = {
  serve: async () => (await import('./serve.ts')).serve,
  verify: async () => (await import('./verify.ts')).verify,
  export: async () => (await import('./transfer.ts')).exporting,
  import: async () => (await import('./transfer.ts')).importing,
};

/** Of the package this file lies in. */
function version(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

async function main([name = '--help', ...rest]: readonly string[]): Promise<number> {
  if (name === '--help' || name === '-h' || name === 'help') {
    const [topic] = rest;
    console.log(help(topic !== undefined && isCommand(topic) ? topic : undefined));
    return 0;
  }
  if (name === '--version' || name === '-v') {
    console.log(version());
    return 0;
  }
  if (!isCommand(name)) throw misused(`There is no command “${name}”.`);
  const given = read(name, rest);
  if (given.flag('help')) {
    console.log(help(name));
    return 0;
  }
  const run = await commands[name]();
  return run(given);
}

const args = process.argv.slice(2);
const debug = args.includes('--debug');

const fail = (error: unknown): void => {
  console.error(`lotledger: ${describe(error, debug)}`);
  process.exitCode = exitCodeOf(error);
};

// whoever reads the standard output may have enough of it
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

main(args).then((code) => {
  process.exitCode = code;
}, fail);
