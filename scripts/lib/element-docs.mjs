/**
 * A Vite plugin: what the portal shows developers, as the module `virtual:element-docs`. The manifest as it is
 * published, what is written by hand of each element, and the guide to embedding.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.mjs';

const NAME = 'virtual:element-docs';

async function contents() {
  const { elementsOf, makeManifest } = await import('../manifest.mjs');
  const folder = join(root, 'docs', 'elements', '_parts');
  const parts = readdirSync(folder).map((file) => [
    file.replace(/\.md$/, ''),
    readFileSync(join(folder, file), 'utf8'),
  ]);
  const shown = elementsOf(makeManifest()).filter(({ tagName }) => !tagName.startsWith('lot-ui-'));
  return {
    elements: shown,
    parts: Object.fromEntries(parts),
    guide: readFileSync(join(root, 'docs', 'guides', 'embedding.md'), 'utf8'),
  };
}

/** The plugin. */
export const elementDocs = () => ({
  name: 'lotledger-element-docs',
  resolveId: (id) => (id === NAME ? `\0${NAME}` : undefined),
  async load(id) {
    if (id !== `\0${NAME}`) return undefined;
    const all = await contents();
    // parsed, not compiled: it is data, and there is much of it
    return Object.entries(all)
      .map(([name, value]) => `export const ${name} = JSON.parse(${JSON.stringify(JSON.stringify(value))});`)
      .join('\n');
  },
});
