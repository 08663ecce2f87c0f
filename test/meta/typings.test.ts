/**
 * What editors and frameworks get: templates of React, Vue and Svelte are checked against the packed package
 * by the compiler, and a wrong prop is found. Completion data names every tag.
 */
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { elementsOf, makeManifest } from '../../scripts/manifest.mjs';
import { type Packed, pack } from './packed.ts';
import { root } from './sources.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const run = promisify(execFile);
const tags = elementsOf(makeManifest()).map(({ tagName }) => tagName);

let packed: Packed;
beforeAll(async () => {
  packed = await pack();
});
afterAll(() => packed?.remove());

const ledgerOf = `
  import type { Ledger } from 'lotledger';
  declare const ledger: Ledger;`;

const react = `${ledgerOf}
  import type {} from 'lotledger/react';
  export const page = (
    <lot-ledger ledger={ledger} density="compact" onlot-ready={(event) => event.detail.seq.toFixed()}>
      <lot-register rows={50} readonly className="wide" onlot-open={(event) => event.detail.code.trim()} />
    </lot-ledger>
  );`;

const vue = `${ledgerOf}
  import type { GlobalComponents } from 'vue';
  import type {} from 'lotledger/vue';
  type Props = InstanceType<GlobalComponents['lot-register']>['$props'];
  export const props: Props = { ledger, rows: 50, onLotOpen: (event) => event.detail.code.trim() };`;

const svelte = `${ledgerOf}
  import type {} from 'lotledger/svelte';
  type Props = svelteHTML.IntrinsicElements['lot-register'];
  export const props: Props = { ledger, rows: 50, 'onlot-open': (event) => event.detail.code.trim() };`;

const plain = `${ledgerOf}
  import type {} from 'lotledger/components';
  const register = document.createElement('lot-register');
  register.ledger = ledger;
  register.addEventListener('lot-open', (event) => event.detail.code.trim());`;

/** What the compiler says of one file that uses the packed package. */
async function compile(name: string, text: string): Promise<string> {
  writeFileSync(join(packed.folder, name), text);
  const config = `tsconfig.${name}.json`;
  writeFileSync(
    join(packed.folder, config),
    JSON.stringify({
      compilerOptions: {
        ...{ target: 'ES2022', module: 'ESNext', moduleResolution: 'Bundler', strict: true, noEmit: true },
        ...{ lib: ['ES2023', 'DOM', 'DOM.Iterable'], jsx: 'react-jsx', types: [], skipLibCheck: true },
        exactOptionalPropertyTypes: true,
      },
      files: [name],
    }),
  );
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const { stdout } = await run(process.execPath, [tsc, '-p', config, '--pretty', 'false'], {
    cwd: packed.folder,
  }).catch((error: { stdout: string }) => error);
  return stdout;
}

test.each([
  ['react.tsx', react],
  ['vue.ts', vue],
  ['svelte.ts', svelte],
  ['plain.ts', plain],
])('5, 22, 62: %s is typed: properties, attributes and details of events', async (name, text) => {
  expect(await compile(name, text)).toBe('');
});

test.each([
  ['react-wrong.tsx', react.replace('rows={50}', 'rows={true}')],
  ['vue-wrong.ts', vue.replace('rows: 50', 'rows: true')],
  ['svelte-wrong.ts', svelte.replace('rows: 50', 'rows: true')],
  ['plain-wrong.ts', plain.replace('detail.code', 'detail.colour')],
])('%s is found to be wrong', async (name, text) => {
  expect(await compile(name, text)).toMatch(/error TS2/);
});

test('editors complete every tag with its attributes', () => {
  const dist = join(packed.folder, 'node_modules', 'lotledger', 'dist');
  const json = (name: string): unknown => JSON.parse(readFileSync(join(dist, name), 'utf8'));
  const code = json('vscode.html-custom-data.json') as { tags: { name: string; attributes: unknown[] }[] };
  const web = json('web-types.json') as { contributions: { html: { elements: { name: string }[] } } };
  expect(code.tags.map(({ name }) => name)).toEqual(tags);
  expect(web.contributions.html.elements.map(({ name }) => name)).toEqual(tags);
  expect(code.tags.every(({ attributes }) => attributes.length > 0)).toBe(true);
});
