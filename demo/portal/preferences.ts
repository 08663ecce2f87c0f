/** What the reader of the portal chose, kept in this browser where it lets us. */

export type StoreName = 'browser' | 'memory' | 'deliveries';
export type Theme = 'system' | 'light' | 'dark';
export type Language = 'en' | 'it';
export type Density = 'compact' | 'regular' | 'comfortable';

export interface Preferences {
  readonly store: StoreName;
  readonly theme: Theme;
  readonly language: Language;
  readonly density: Density;
}

const KEY = 'northvale.preferences';

const offered = {
  store: ['browser', 'memory', 'deliveries'],
  theme: ['system', 'light', 'dark'],
  language: ['en', 'it'],
  density: ['compact', 'regular', 'comfortable'],
} as const satisfies { [K in keyof Preferences]: readonly Preferences[K][] };

const defaults = (): Preferences => ({
  store: 'browser',
  theme: 'system',
  language: navigator.language.toLowerCase().startsWith('it') ? 'it' : 'en',
  density: 'regular',
});

/** Whether a text is one of the values a preference can have. */
export function isOffered<K extends keyof Preferences>(name: K, value: unknown): value is Preferences[K] {
  return (offered[name] as readonly unknown[]).includes(value);
}

/** What was kept; defaults for what is absent or no longer offered. `known`: something was. */
export function readPreferences(): { readonly preferences: Preferences; readonly known: boolean } {
  const kept: Record<string, unknown> = { ...defaults() };
  let known = false;
  try {
    const text = localStorage.getItem(KEY);
    known = text !== null;
    const written = JSON.parse(text ?? '{}') as Record<string, unknown>;
    for (const name of Object.keys(offered) as (keyof Preferences)[]) {
      if (isOffered(name, written[name])) kept[name] = written[name];
    }
  } catch {
    // Without storage the portal works and forgets.
  }
  return { preferences: kept as unknown as Preferences, known };
}

export function keepPreferences(preferences: Preferences): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences));
  } catch {
    // As above.
  }
}
