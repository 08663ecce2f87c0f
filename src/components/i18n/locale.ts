/** Which language and direction an element speaks: its own attribute, its provider's, the page's. */

interface Rooted {
  readonly parentElement: Element | null;
  getRootNode(): unknown;
  getAttribute(name: string): string | null;
}

/** The nearest value of an attribute, crossing shadow hosts. */
export function nearestAttribute(start: Rooted, name: string): string | null {
  let at: Rooted | null = start;
  while (at !== null) {
    const value: string | null = at.getAttribute(name);
    if (value) return value;
    if (at.parentElement !== null) at = at.parentElement;
    else at = (at.getRootNode() as { host?: Rooted }).host ?? null;
  }
  return null;
}

/** A tag that `Intl` accepts, or `en`. */
export function knownLocale(tag: string | null | undefined): string {
  if (!tag) return 'en';
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? 'en';
  } catch {
    return 'en';
  }
}

const rightToLeft: ReadonlySet<string> = new Set([
  'ar',
  'dv',
  'fa',
  'he',
  'ks',
  'ku',
  'ps',
  'sd',
  'ug',
  'ur',
  'yi',
]);

/** The direction a language is written in. */
export function directionOf(locale: string): 'ltr' | 'rtl' {
  return rightToLeft.has(locale.split('-')[0] ?? '') ? 'rtl' : 'ltr';
}

const listeners = new Set<() => void>();
let observer: MutationObserver | undefined;

/** Hears when the page changes its language or direction. One observer for all; returns the way to stop. */
export function watchPageLanguage(listener: () => void): () => void {
  listeners.add(listener);
  if (observer === undefined) {
    observer = new MutationObserver(() => {
      for (const heard of listeners) heard();
    });
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['lang', 'dir'] });
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    observer?.disconnect();
    observer = undefined;
  };
}
