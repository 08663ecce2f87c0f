/**
 * Who may ask: names and the secrets that stand for them. They come from the command line, a file, the
 * environment, or are made at the first start; a presented one is compared in constant time.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { permissionNames } from '../core/index.ts';
import type { DataFolder } from './folder.ts';
import type { Given } from './options.ts';
import { CommandError, misused } from './problems.ts';

/** One token: whom it stands for, and what that one may. */
export interface Token {
  /** The actor that is written into every entry. */
  readonly name: string;
  readonly token: string;
  /** Absent: everything ordinary, no override. */
  readonly permissions?: readonly string[];
  /** Absent: the ledger the server was started with. */
  readonly tenant?: string;
}

/** The tokens of a server, and how it came by them. */
export interface Tokens {
  readonly all: readonly Token[];
  /** Where they are kept, for people. */
  readonly from: string;
  /** Made right now: the only time it is shown. */
  readonly made?: string;
}

const SHORTEST = 8;
/** What fits into a header without being quoted. */
const SECRET = /^[\x21-\x7e]+$/;
/** Re-reading everything is much work: a token with a list of permissions needs it named. */
export const VERIFY = 'ledger.verify';
const named: ReadonlySet<string> = new Set([...permissionNames.acts, ...permissionNames.overrides, VERIFY]);
/** A step of the workflow has a permission by its code, which no token file need know to be there. */
const isOffered = (permission: string): boolean =>
  named.has(permission) || /^transition\.\S/.test(permission);
const isText = (value: unknown): value is string => typeof value === 'string';
const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText);

function checked(given: Partial<Record<keyof Token, unknown>> | null, from: string): Token {
  const wrong = (what: string): CommandError => new CommandError(`${from}: ${what}.`, { exitCode: 2 });
  if (typeof given !== 'object' || given === null) throw wrong('a token is an object with name and token');
  const { name, token, permissions, tenant } = given;
  if (!isText(name) || name.trim() === '') throw wrong('a token needs a name');
  if (!isText(token) || !SECRET.test(token) || token.length < SHORTEST)
    throw wrong(`the token of ${name} must have ${SHORTEST} characters or more, without spaces`);
  if (permissions !== undefined && !isTexts(permissions))
    throw wrong(`the permissions of ${name} must be a list`);
  const unknown = (permissions ?? []).find((each) => !isOffered(each));
  if (unknown !== undefined) throw wrong(`there is no permission ${unknown}`);
  if (tenant !== undefined && !isText(tenant)) throw wrong(`the tenant of ${name} must be a text`);
  return {
    name,
    token,
    ...(permissions === undefined ? {} : { permissions }),
    ...(tenant === undefined ? {} : { tenant }),
  };
}

function fromJson(text: string, from: string): Token[] {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    throw new CommandError(`${from} is not JSON.`, { exitCode: 2 });
  }
  const list = Array.isArray(read) ? read : (read as { tokens?: unknown } | null)?.tokens;
  if (!Array.isArray(list)) throw new CommandError(`${from} has no list of tokens.`, { exitCode: 2 });
  return list.map((each: Partial<Token> | null) => checked(each, from));
}

function fromPair(pair: string, from: string): Token {
  const at = pair.indexOf('=');
  // what stands there may be a secret: it is not repeated
  if (at < 1) throw misused(`${from} takes name=secret.`);
  return checked({ name: pair.slice(0, at), token: pair.slice(at + 1) }, from);
}

/** @throws CommandError when others may read it, as with keys of ssh */
function fromFile(path: string): Token[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isFile()) throw new CommandError(`There is no file ${path}.`);
  if (process.platform !== 'win32' && (found.mode & 0o077) !== 0)
    throw new CommandError(`Others may read ${path}; it holds secrets. chmod 600 ${path}`);
  return fromJson(readFileSync(path, 'utf8'), path);
}

const fromEnvironment = (text: string): Token[] =>
  /^\s*[[{]/.test(text)
    ? fromJson(text, 'LOTLEDGER_TOKENS')
    : text
        .split(/[\s,]+/)
        .filter((pair) => pair !== '')
        .map((pair) => fromPair(pair, 'LOTLEDGER_TOKENS'));

/** A token for whoever starts a server without any; kept beside the data, where there is a folder. */
function made(folder: DataFolder | undefined): Tokens {
  if (folder && existsSync(folder.tokens)) return { all: fromFile(folder.tokens), from: folder.tokens };
  const token = randomBytes(24).toString('base64url');
  const all = [{ name: 'admin', token }];
  if (!folder) return { all, from: '', made: token };
  writeFileSync(folder.tokens, `${JSON.stringify({ tokens: all }, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  return { all, from: folder.tokens, made: token };
}

/** The tokens that options, file and environment name together; one of its own where they name none. */
export function tokensOf(given: Given, folder: DataFolder | undefined): Tokens {
  const file = given.text('tokens');
  const environment = process.env.LOTLEDGER_TOKENS ?? '';
  const all = [
    ...given.texts('token').map((pair) => fromPair(pair, '--token')),
    ...(file === undefined ? [] : fromFile(file)),
    ...fromEnvironment(environment),
  ];
  if (all.length === 0 && file === undefined && environment.trim() === '') return made(folder);
  if (all.length === 0) throw new CommandError('There is no token in what was given.', { exitCode: 2 });
  const twice = all.find(({ token }, i) => all.findIndex((other) => other.token === token) !== i);
  if (twice) throw new CommandError(`The token of ${twice.name} stands twice.`, { exitCode: 2 });
  return { all, from: file ?? '' };
}

const digest = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();

/**
 * Finds whose token was presented. Takes as long for a wrong one as for a right one: digests of equal length
 * are compared, all of them.
 */
export function finder(tokens: readonly Token[]): (presented: string) => Token | undefined {
  const known = tokens.map((token) => ({ token, digest: digest(token.token) }));
  return (presented) => {
    const asked = digest(presented);
    let found: Token | undefined;
    for (const each of known) if (timingSafeEqual(each.digest, asked)) found = each.token;
    return found;
  };
}

/** The secret of an `Authorization: Bearer …`. */
export const bearer = (header: string | null): string | undefined =>
  /^Bearer +([\x21-\x7e]+)$/i.exec(header ?? '')?.[1];
