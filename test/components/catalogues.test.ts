/** Both languages are whole: the same keys, the same names in braces, a sentence for every error code. */
import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/components/i18n/catalogue.ts';
import { loadCatalogue } from '../../src/components/i18n/load.ts';
import { errorCatalogue } from '../../src/core/index.ts';

const english = await loadCatalogue('en');
const italian = await loadCatalogue('it');

const forms = (message: Message): string[] =>
  typeof message === 'string' ? [message] : Object.values(message);
const names = (message: Message): string[] =>
  [
    ...new Set(
      forms(message).flatMap((form) => [...form.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '')),
    ),
  ].sort();

describe('catalogues', () => {
  it('have the same keys', () => {
    expect(Object.keys(italian.messages).sort()).toEqual(Object.keys(english.messages).sort());
  });

  it.each(Object.keys(english.messages))('%s names the same values in both languages', (key) => {
    const of = (catalogue: typeof english) => catalogue.messages[key as keyof typeof english.messages];
    // A singular may say the number as a word; then it is in the other form.
    expect(names(of(italian))).toEqual(names(of(english)));
  });

  it('have a sentence for every error code', () => {
    for (const { errors } of [english, italian]) {
      expect(Object.keys(errors).sort()).toEqual(Object.keys(errorCatalogue).sort());
    }
  });

  it('are no copies of each other', () => {
    const same = Object.entries(english.messages).filter(
      ([key, message]) =>
        JSON.stringify(italian.messages[key as keyof typeof italian.messages]) === JSON.stringify(message),
    );
    // Words that are the same in both languages, and signs.
    expect(
      same
        .map(([key]) => key)
        .filter(
          (key) =>
            !/^(word\.none|register\.range|register\.capped|filter\.(code|number)Syntax|word\.no)$/.test(key),
        ),
    ).toEqual([]);
  });

  it('speak calmly', () => {
    const spoken = [...Object.values(english.messages).flatMap(forms), ...Object.values(english.errors)];
    for (const text of spoken) expect(text).not.toMatch(/!|\bplease\b|\bsorry\b|\boops\b|successfully/i);
  });
});
