/** Reads the command line: which command, its options, and what stands without a name. */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { misused } from './problems.ts';

type Declared = NonNullable<ParseArgsConfig['options']>;

const text = { type: 'string' } as const;
const texts = { type: 'string', multiple: true } as const;
const flag = { type: 'boolean' } as const;

/** Where the ledger is kept: every command that works on one. */
const where = { data: text, database: text, tenant: text };
const always = { help: { type: 'boolean', short: 'h' }, debug: flag } as const;

const declared = {
  serve: {
    ...where,
    ...always,
    host: text,
    port: text,
    token: texts,
    tokens: text,
    origin: texts,
    pages: text,
    'address-header': text,
    'time-zone': text,
    sample: flag,
    log: flag,
  },
  verify: { ...where, ...always, anchor: text, 'time-zone': text },
  export: { ...where, ...always },
  import: { ...where, ...always },
} as const satisfies Readonly<Record<string, Declared>>;

/** The commands there are. */
export type CommandName = keyof typeof declared;

/** What was typed after a command: each option by its name, as text, texts or true. */
export interface Given {
  readonly text: (name: string) => string | undefined;
  readonly texts: (name: string) => readonly string[];
  readonly flag: (name: string) => boolean;
  /** What stands without a name. */
  readonly rest: readonly string[];
}

export const isCommand = (name: string): name is CommandName => Object.hasOwn(declared, name);

/** Node's own sentence goes on about positionals; what is wrong stands in its beginning. */
const firstSentence = (message: string): string => message.split(/\.\s|\n/)[0]?.replace(/\.$/, '') ?? message;

/**
 * Reads what follows a command.
 * @throws CommandError for what the command does not know
 */
export function read(command: CommandName, args: readonly string[]): Given {
  try {
    const options: Declared = declared[command];
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    return {
      text: (name) => {
        const value = values[name];
        return typeof value === 'string' ? value : undefined;
      },
      texts: (name) => (values[name] as string[] | undefined) ?? [],
      flag: (name) => values[name] === true,
      rest: positionals,
    };
  } catch (error) {
    throw misused(`${firstSentence((error as Error).message)}.`);
  }
}

/** Refuses more words than a command takes. */
export function atMost(given: Given, count: number): void {
  const extra = given.rest[count];
  if (extra !== undefined) throw misused(`“${extra}” is too much here.`);
}

/** A port; 0 takes any that is free. */
export function portOf(value: string): number {
  const port = Number(value);
  if (!/^\d+$/.test(value) || port > 65_535)
    throw misused(`--port takes a number from 0 to 65535, not “${value}”.`);
  return port;
}
