/**
 * Signs the cursors that go out and opens those that come back. The ledger's own are readable positions, which
 * anybody could make up; here they are bound to the tenant and the question they were made for.
 */
import { LedgerError } from '../core/index.ts';

/** Raised when what is signed changes: older cursors then mean nothing. */
const VERSION = '1';
/** Characters of a signature: 128 bits. */
const LENGTH = 22;

const encoder = new TextEncoder();

const base64 = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .slice(0, LENGTH);

/** Compares in a time that does not tell how much of it was right. */
function same(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i % (b.length || 1));
  return difference === 0;
}

const keyOf = (secret: string): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);

async function markOf(key: CryptoKey, what: readonly unknown[]): Promise<string> {
  const text = encoder.encode(JSON.stringify(what));
  return base64(new Uint8Array(await crypto.subtle.sign('HMAC', key, text)));
}

/** A secret of this process alone. */
export const randomSecret = (): string => base64Of(crypto.getRandomValues(new Uint8Array(32)));

const base64Of = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

/** Whose cursor it is, and of which question. */
export interface CursorScope {
  readonly tenant: string | undefined;
  readonly question: string;
}

/** What signs, by the secrets of a server. */
export class Cursors {
  readonly #secrets: readonly string[];
  #keys: Promise<CryptoKey[]> | undefined;

  /** @param secrets the first signs, all are taken */
  constructor(secrets: readonly string[]) {
    this.#secrets = secrets;
  }

  /** A cursor as it goes out. */
  async sign(scope: CursorScope, cursor: string): Promise<string> {
    const [key] = await this.#all();
    return `${VERSION}.${await this.#mark(key as CryptoKey, scope, cursor)}.${cursor}`;
  }

  /**
   * The ledger's own cursor in one that came back.
   * @throws LedgerError `cursor.invalid` for what was not signed here, or for somebody or something else
   */
  async open(scope: CursorScope, signed: string): Promise<string> {
    const [version, mark = '', ...rest] = signed.split('.');
    const cursor = rest.join('.');
    if (version === VERSION && cursor !== '') {
      for (const key of await this.#all()) {
        if (same(await this.#mark(key, scope, cursor), mark)) return cursor;
      }
    }
    throw new LedgerError('cursor.invalid', { path: 'cursor' });
  }

  /** A name for something, from which nobody learns what it is. */
  async nameOf(what: readonly unknown[]): Promise<string> {
    const [key] = await this.#all();
    return markOf(key as CryptoKey, ['lotledger name', ...what]);
  }

  #all(): Promise<CryptoKey[]> {
    this.#keys ??= Promise.all(this.#secrets.map(keyOf));
    return this.#keys;
  }

  #mark(key: CryptoKey, { tenant, question }: CursorScope, cursor: string): Promise<string> {
    return markOf(key, ['lotledger cursor', VERSION, tenant ?? null, question, cursor]);
  }
}

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The arguments of a question with its cursor opened. */
export async function opened(cursors: Cursors, scope: CursorScope, args: unknown): Promise<unknown> {
  if (!isObject(args) || typeof args.cursor !== 'string') return args;
  return { ...args, cursor: await cursors.open(scope, args.cursor) };
}

/** Names of the members of an answer, and of the nodes of a trace, that are cursors. */
const ofAnswer = ['next'] as const;
const ofNode = ['more', 'moreParties'] as const;

async function signedIn(
  cursors: Cursors,
  scope: CursorScope,
  value: Fields,
  names: readonly string[],
): Promise<Fields> {
  const found = names.filter((name) => typeof value[name] === 'string');
  if (found.length === 0) return value;
  const signing = found.map(
    async (name) => [name, await cursors.sign(scope, value[name] as string)] as const,
  );
  return { ...value, ...Object.fromEntries(await Promise.all(signing)) };
}

/** An answer with its cursors signed. */
export async function signed(cursors: Cursors, scope: CursorScope, answer: unknown): Promise<unknown> {
  if (!isObject(answer)) return answer;
  const page = await signedIn(cursors, scope, answer, ofAnswer);
  if (!scope.question.endsWith('.trace') || !Array.isArray(page.nodes)) return page;
  const nodes = page.nodes.map((node: unknown) =>
    isObject(node) ? signedIn(cursors, scope, node, ofNode) : node,
  );
  return { ...page, nodes: await Promise.all(nodes) };
}
