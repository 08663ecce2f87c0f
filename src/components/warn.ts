/** Tells a developer of a value that cannot be used, once; nothing throws and the page goes on. */

const MOST = 500;
const said = new Set<string>();

interface Named {
  readonly localName?: string;
}

/** Writes a warning that names the element's tag, unless the same was written before. */
export function warnOnce(element: Named, message: string): void {
  const text = `<${element.localName ?? 'lot-element'}>: ${message}`;
  if (said.has(text) || said.size >= MOST) return;
  said.add(text);
  console.warn(text);
}
