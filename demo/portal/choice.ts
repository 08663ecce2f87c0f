/** A preference as a native choice, in the tools and on the settings page. */
import type { App } from './app.ts';
import { h, icon } from './dom.ts';
import { isOffered, type Preferences } from './preferences.ts';

/** Every language in its own words. */
export const languages = { en: 'English', it: 'Italiano' } as const;

export interface ChoiceOptions {
  readonly title?: string;
  /** Tells several choices of one preference apart. */
  readonly place?: string;
}

export function preferenceChoice<K extends keyof Preferences>(
  app: App,
  name: K,
  label: string,
  options: Readonly<Record<Preferences[K], string>>,
  { title, place = 'tool' }: ChoiceOptions = {},
): HTMLElement {
  const id = `${place}-${name}`;
  const choices = Object.entries<string>(options).map(([value, text]) =>
    h('option', { value, selected: app.preferences[name] === value }, text),
  );
  const change = (event: Event): void => {
    const { value } = event.currentTarget as HTMLSelectElement;
    if (isOffered(name, value)) void app.change({ [name]: value });
  };
  const select = h('select', { id, title, change }, choices);
  return h(
    'label',
    { class: 'choice', for: id },
    h('span', {}, label),
    h('span', { class: 'select' }, select, icon('chevron')),
  );
}
