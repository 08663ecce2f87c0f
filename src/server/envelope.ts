/** The envelope of a command as it came over the wire, checked: the ledger is handed no surprises in it. */
import { nanoid } from 'nanoid';
import { type Command, LedgerError } from '../core/index.ts';
import { headers } from '../wire/index.ts';
import { type Fields, isFields } from './parameters.ts';
import type { Said } from './routes/index.ts';

const sources = ['ui', 'api', 'scan', 'sync', 'import'] as const;

const at = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);

function textOf(fields: Fields, name: string, path: string): string | undefined {
  const value = fields[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  throw new LedgerError('field.type', { path: at(path, name), details: { expected: 'string' } });
}

function sourceOf(fields: Fields, path: string): Said['source'] {
  const text = textOf(fields, 'source', path);
  const source = sources.find((each) => each === text);
  if (text === undefined || source) return source;
  throw new LedgerError('field.type', {
    path: at(path, 'source'),
    details: { expected: sources.join(', ') },
  });
}

function forceOf({ force }: Fields, path: string): Said['force'] {
  if (force === undefined || force === null) return undefined;
  const inside = at(path, 'force');
  if (!isFields(force))
    throw new LedgerError('field.type', { path: inside, details: { expected: 'object' } });
  const reason = textOf(force, 'reason', inside);
  if (reason === undefined) throw new LedgerError('field.required', { path: `${inside}.reason` });
  return { reason };
}

/** Why, where from, against which rule. */
function saidIn(fields: Fields, path: string): Omit<Said, 'commandId' | 'signal'> {
  const [reason, source, force] = [
    textOf(fields, 'reason', path),
    sourceOf(fields, path),
    forceOf(fields, path),
  ];
  return {
    ...(reason === undefined ? {} : { reason }),
    ...(source === undefined ? {} : { source }),
    ...(force === undefined ? {} : { force }),
  };
}

/** The id a header names; quoted, as the draft of the header has it, or not. */
function idInHeader(request: Request): string | undefined {
  const text = request.headers.get(headers.idempotencyKey)?.trim();
  return text === undefined ? undefined : (/^"(.*)"$/.exec(text)?.[1] ?? text);
}

/** The id of a command sent as a resource: of the header, of the body where it is the same, or a new one. */
export function idOf(request: Request, envelope: Fields): string {
  const named = idInHeader(request);
  const own = textOf(envelope, 'commandId', '');
  if (named !== undefined && own !== undefined && named !== own)
    throw new LedgerError('command.mismatch', { path: 'commandId' });
  return named ?? own ?? nanoid();
}

/** The envelope of a command sent as a resource. */
export const envelopeOf = (envelope: Fields, commandId: string): Said => ({
  ...saidIn(envelope, ''),
  commandId,
});

/** One of the commands of `POST /commands`. */
function commandOf(value: unknown, path: string): Command {
  if (!isFields(value)) throw new LedgerError('field.type', { path, details: { expected: 'object' } });
  for (const name of ['name', 'id'] as const) {
    if (textOf(value, name, path) === undefined)
      throw new LedgerError('field.required', { path: at(path, name) });
  }
  const [clientId, issuedAt] = [textOf(value, 'clientId', path), textOf(value, 'issuedAt', path)];
  const { clientSeq } = value;
  if (clientSeq !== undefined && !Number.isSafeInteger(clientSeq))
    throw new LedgerError('field.type', { path: at(path, 'clientSeq'), details: { expected: 'number' } });
  return {
    name: value.name as string,
    id: value.id as string,
    args: value.args,
    ...saidIn(value, path),
    ...(clientId === undefined ? {} : { clientId }),
    ...(clientSeq === undefined ? {} : { clientSeq: clientSeq as number }),
    ...(issuedAt === undefined ? {} : { issuedAt }),
  };
}

/** The body of `POST /commands`. */
export function commandsOf(body: unknown, max: number): { commands: Command[]; atomic: boolean } {
  if (!isFields(body)) throw new LedgerError('field.type', { details: { expected: 'object' } });
  const { commands, atomic = false, ...others } = body;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined)
    throw new LedgerError('field.unknown', { path: unknown, details: { name: unknown } });
  if (typeof atomic !== 'boolean')
    throw new LedgerError('field.type', { path: 'atomic', details: { expected: 'boolean' } });
  if (!Array.isArray(commands))
    throw new LedgerError('field.type', { path: 'commands', details: { expected: 'array' } });
  if (commands.length === 0) throw new LedgerError('field.required', { path: 'commands' });
  if (commands.length > max) throw new LedgerError('limit.lines', { path: 'commands', details: { max } });
  return { commands: commands.map((each, i) => commandOf(each, `commands[${i}]`)), atomic };
}
