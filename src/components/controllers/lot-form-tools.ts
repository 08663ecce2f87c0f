/**
 * Pure functions of the core that forms use while somebody types: reading pasted rows and patterns, and the
 * expiry a shelf life gives. Fetched when first needed, so that a page without forms does not carry them.
 */
export type CoreTools = Pick<
  typeof import('../../core/index.ts'),
  'codeKey' | 'codesFrom' | 'codesFromPattern' | 'expiryFrom' | 'rowsFromText'
>;

let fetched: Promise<CoreTools> | undefined;

/** The functions; the same promise each time. */
export function coreTools(): Promise<CoreTools> {
  fetched ??= import('../../core/index.ts');
  return fetched;
}
