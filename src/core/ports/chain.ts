/**
 * The chain that makes a journal tamper-evident: SHA-256 over the exact texts of a commit's entries, then
 * over the link before it. Synchronous, because a link is made inside a store's transaction; Node's own
 * hash where there is one, else `@noble/hashes` (`crypto.subtle` is asynchronous and missing on plain http).
 */
import { sha256 } from '@noble/hashes/sha2.js';

/** The link before the first entry of a journal: 64 zeros. */
export const GENESIS = '0'.repeat(64);

/** SHA-256 of a text's UTF-8 bytes, as 64 lower-case hexadecimal digits. */
export type HashText = (text: string) => string;

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const utf8 = new TextEncoder();

/** The portable hash: slower, the same everywhere. Exported so that a test can hold it against Node's. */
export const portableHash: HashText = (text) => {
  let hex = '';
  for (const byte of sha256(utf8.encode(text))) hex += HEX[byte];
  return hex;
};

interface NodeCrypto {
  createHash(name: 'sha256'): { update(text: string, encoding: 'utf8'): { digest(as: 'hex'): string } };
}

/** Node's hash, or undefined where the program runs elsewhere. No import, so that browsers load this file. */
export function nodeHash(): HashText | undefined {
  const host = (globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } }).process;
  const crypto = host?.getBuiltinModule?.('node:crypto') as NodeCrypto | undefined;
  if (crypto?.createHash === undefined) return undefined;
  return (text) => crypto.createHash('sha256').update(text, 'utf8').digest('hex');
}

const hash: HashText = nodeHash() ?? portableHash;

/**
 * The digest of one commit's entries: SHA-256 of the texts joined with line feeds, in hex. Entries are
 * JSON in one line each, so the joined text has one reading only.
 */
export function textsDigest(texts: readonly string[]): string {
  return hash(texts.length === 1 ? (texts[0] as string) : texts.join('\n'));
}

/**
 * The next link of the chain: SHA-256 of the link before and the digest of the commit, both in hex.
 * @example chainLink(GENESIS, textsDigest(['{"first":"entry"}']))
 */
export function chainLink(previous: string, digest: string): string {
  return hash(previous + digest);
}
