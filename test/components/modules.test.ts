/** The modules themselves: they load without a DOM, classes have no side effects, versions agree. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { defineElement, prefixOf } from '../../src/components/define/define-element.ts';
import { VERSION } from '../../src/components/version.ts';

const root = join(import.meta.dirname, '../..');
const home = join(root, 'src/components');
const files = readdirSync(home, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
const read = (name: string): string => readFileSync(join(home, name), 'utf8');

describe('modules', () => {
  it('load in plain Node without a DOM', async () => {
    expect(typeof globalThis.document).toBe('undefined');
    const classes = await import('../../src/components/index.ts');
    expect(classes.LotRegister.name).toBe('LotRegister');
    await import('../../src/components/define/index.ts');
  });

  it('register elements in define/ only', () => {
    const registering = files.filter((name) => /customElements\.define\(|defineElement\(/.test(read(name)));
    expect(registering.filter((name) => !name.startsWith('define/'))).toEqual([]);
  });

  it('see nothing of the core but its public face, and only its types', () => {
    for (const name of files) {
      const imports = [...read(name).matchAll(/^import ([^;]*?) from '([^']*core\/[^']*)'/gms)];
      for (const [, what = '', from = ''] of imports) {
        expect.soft(from, name).toMatch(/\.\.\/core\/index\.ts$/);
        expect.soft(what.trim(), name).toMatch(/^type /);
      }
    }
  });

  it('use no rem, no physical sides and no style attributes', () => {
    for (const name of files) {
      const text = read(name);
      expect.soft(text, name).not.toMatch(/\d(\.\d+)?rem\b/);
      expect.soft(text, name).not.toMatch(/\sstyle="|\sstyle=\$\{|styleMap\(/);
      if (!/styles?(\/|\.ts)|tokens/.test(name)) continue;
      expect
        .soft(text, name)
        .not.toMatch(
          /(margin|padding|border)-(left|right|top|bottom)\b|^\s*(left|right|top|bottom|width|height):/m,
        );
    }
  });

  it('carry the version of the package', () => {
    expect(VERSION).toBe(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version);
  });
});

describe('defineElement', () => {
  /** A registry as browsers have it: one name per class, one class per name. */
  function fakeRegistry() {
    const byName = new Map<string, CustomElementConstructor>();
    return {
      get: (name: string) => byName.get(name),
      getName: (element: CustomElementConstructor) =>
        [...byName].find(([, known]) => known === element)?.[0] ?? null,
      define: (name: string, element: CustomElementConstructor) => {
        if (byName.has(name)) throw new Error(`${name} is taken`);
        if ([...byName.values()].includes(element)) throw new Error('this class is taken');
        byName.set(name, element);
      },
    } as unknown as CustomElementRegistry;
  }
  const element = () => class {} as unknown as CustomElementConstructor;

  it('is silent for the same version and names another one, without throwing', () => {
    const registry = fakeRegistry();
    const said = vi.spyOn(console, 'error').mockImplementation(() => {});
    defineElement('lot-x', element(), { registry });
    defineElement('lot-x', element(), { registry });
    expect(said).not.toHaveBeenCalled();
    registry.define('lot-y', element());
    defineElement('lot-y', element(), { registry });
    expect(said).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('<lot-y> is registered already'));
    said.mockRestore();
  });

  it('registers one class under several prefixes', () => {
    const registry = fakeRegistry();
    const one = element();
    defineElement('lot-x', one, { registry });
    defineElement('lot-x', one, { registry, prefix: 'acme' });
    expect(registry.get('acme-lot-x')).toBeDefined();
    expect(prefixOf('https://portal.example/lotledger.js?prefix=acme')).toBe('acme');
    expect(prefixOf('https://portal.example/lotledger.js?prefix=%3Cx')).toBe(null);
  });
});
