/** What a host's bundler makes of one class: it is there, with what it needs, and nothing registers anything. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build as bundle, type Rolldown } from 'vite';
import { beforeAll, expect, test, vi } from 'vitest';
import { build } from '../../scripts/build.mjs';
import { root } from './sources.ts';

// building starts programs of its own, which a busy machine delays
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

beforeAll(async () => {
  expect(await build()).toBe(true);
});

/** The code a bundler makes of some lines of a host. */
async function bundled(lines: string): Promise<string> {
  // beside the package, so that its own name leads to it
  const entry = join(root, 'dist', `host-${process.pid}.js`);
  writeFileSync(entry, lines);
  try {
    const made = (await bundle({
      root,
      configFile: false,
      logLevel: 'silent',
      build: {
        write: false,
        minify: false,
        lib: { entry, formats: ['es'] },
        rolldownOptions: { external: /^(lit|@lit)/ },
      },
    })) as Rolldown.RolldownOutput[];
    return made.flatMap(({ output }) => output.map((each) => ('code' in each ? each.code : ''))).join('\n');
  } finally {
    rmSync(entry);
  }
}

/** Which of these are in a text: said in words, since the text is long. */
const among = (code: string, patterns: Readonly<Record<string, RegExp>>): string[] =>
  Object.entries(patterns)
    .filter(([, pattern]) => pattern.test(code))
    .map(([name]) => name);

const declares = (name: string): RegExp => new RegExp(`class ${name}\\b|\\b${name}(\\$\\d+)? = class\\b`);

test('convention 7: a bundle of one class registers nothing and holds no other element', async () => {
  const code = await bundled("export { LotRegister } from 'lotledger/components';");
  const found = among(code, {
    'the class': declares('LotRegister'),
    'a registration': /customElements\.define|registry\.define\(/,
    'another element': new RegExp(
      ['LotForm', 'PostingForm', 'LotView', 'LotLedger'].map((name) => declares(name).source).join('|'),
    ),
  });
  expect(found).toEqual(['the class']);
});

test('convention 7: a define module registers its element and no other', async () => {
  const code = await bundled("import 'lotledger/define/lot-register';");
  const found = among(code, {
    'its registration': /defineElement\(["']lot-register["']/,
    'another registration': /defineElement\(["'](?!lot-register)/,
  });
  expect(found).toEqual(['its registration']);
});
