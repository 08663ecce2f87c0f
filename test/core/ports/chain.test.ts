/** The chain's hashes: known values, and the portable hash equal to Node's on any text. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chainLink, GENESIS, nodeHash, portableHash, textsDigest } from '../../../src/core/ports/chain.ts';

describe('chain', () => {
  it('begins with 64 zeros', () => {
    expect(GENESIS).toMatch(/^0{64}$/);
  });

  it('digests texts joined with line feeds', () => {
    // sha256 of nothing and of "abc", from FIPS 180-4's examples
    expect(textsDigest([''])).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(textsDigest(['abc'])).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(textsDigest(['a', 'b'])).toBe(portableHash('a\nb'));
    expect(textsDigest(['a', 'b'])).not.toBe(textsDigest(['b', 'a']));
  });

  it('a link depends on the link before and on the digest', () => {
    const digest = textsDigest(['{"seq":1}']);
    const link = chainLink(GENESIS, digest);
    expect(link).toBe(portableHash(GENESIS + digest));
    expect(chainLink(link, digest)).not.toBe(link);
  });

  it('the portable hash is the hash of Node, on every text', () => {
    const hash = nodeHash();
    if (hash === undefined) throw new Error('this test runs in Node');
    for (const text of ['', 'é', '漢字 😀', '\u0000', '\ud800', 'x\udfff', '\ufeff', 'a'.repeat(100_000)]) {
      expect(portableHash(text)).toBe(hash(text));
    }
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => portableHash(text) === hash(text)),
      { verbose: true },
    );
  });
});
