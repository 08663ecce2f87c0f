/** What the module `virtual:element-docs` gives; the build makes it from the sources. */
declare module 'virtual:element-docs' {
  import type { ElementEntry } from '../../scripts/manifest.mjs';

  /** The elements of the manifest. */
  export const elements: readonly ElementEntry[];
  /** What is written by hand of each element, as Markdown, by its tag. */
  export const parts: Readonly<Record<string, string>>;
  /** The guide “Put it in your portal”, as Markdown. */
  export const guide: string;
}
