/**
 * What every one of our fields does in a host's form, asked in one place and run for each of them: what is
 * sent, reset, disabled, bound by id, submitted by Enter, reported, restored.
 */
import { expect, it } from 'vitest';
import { accessibility } from './axe.ts';
import { browserTests, mistakes, openPage, type TestPage } from './harness/index.ts';

/** One kind of field and how somebody fills it. */
export interface ControlCase {
  /** Its address: tag and attributes. */
  readonly query: string;
  /** The property that a script sets, and what it sets. */
  readonly property: 'value' | 'checked';
  readonly given: string | boolean;
  /** What the form sends for it. */
  readonly sends: string;
  /** Fills it by hand with another value. */
  readonly fill: (page: TestPage['page']) => Promise<void>;
  /** What the form sends then. */
  readonly filled: string;
  /** Attribute of its default, and what that sends. */
  readonly attribute: 'value' | 'checked';
  readonly preset: string;
  readonly presets: string;
  readonly missing: string;
  /** Enter in it submits, as in its native kin. */
  readonly enters: boolean;
}

export interface ControlState {
  readonly value: unknown;
  readonly valid: boolean;
  readonly flags: readonly string[];
  readonly message: string;
  readonly willValidate: boolean;
  readonly states: readonly string[];
}

/** An expectation that is met by and by. */
export const soon = (ask: () => unknown): ReturnType<typeof expect.poll<unknown>> =>
  expect.poll(ask, { timeout: 20_000 });

/** Opens one field in a form. */
export async function inForm(query: string): Promise<TestPage> {
  const opened = await openPage(`form-controls.html?${query}`);
  await opened.call('ready');
  return opened;
}

export const stateOf = ({ call }: TestPage) => call<ControlState>('state');
export const focusedId = ({ page }: TestPage) =>
  page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.id ?? '');

/** Everything that is the same for all of them. */
export function formControlTests(name: string, o: ControlCase): void {
  browserTests(`${name} in a form`, () => {
    it('conventions 9, 29: sends its value, set or typed, and nothing where it has none', async () => {
      const opened = await inForm(o.query);
      const empty = o.property === 'checked' ? [] : [['it', '']];
      expect(await opened.call('entries')).toEqual(empty);
      expect(await opened.call('setAndRead', o.property, o.given)).toEqual([['it', o.sends]]);
      expect((await stateOf(opened)).states).toEqual(['dirty']);
      await opened.call('reset');
      await o.fill(opened.page);
      await soon(() => opened.call('entries')).toEqual([['it', o.filled]]);
      await opened.close();
    });

    it('convention 28: tells input and change natively, once each, across its root', async () => {
      const opened = await inForm(o.query);
      await o.fill(opened.page);
      await opened.page.locator('#send').focus();
      await soon(() => opened.call('entries')).toEqual([['it', o.filled]]);
      const events = await opened.call<string[]>('events');
      expect(events.filter((event) => event.startsWith('change'))).toHaveLength(1);
      expect(events.at(-1)).toMatch(/^change lot-ui-/);
      expect(events.filter((event) => event.startsWith('input')).length).toBeGreaterThan(0);
      expect(await opened.call('set', o.property, o.given)).toBe(true);
      expect(await opened.call('events')).toEqual([]);
      await opened.close();
    });

    it('convention 30: a reset brings its default back, and a fieldset turns it off', async () => {
      const opened = await inForm(`${o.query}&${o.attribute}=${encodeURIComponent(o.preset)}`);
      expect(await opened.call('entries')).toEqual([['it', o.presets]]);
      await opened.call('set', o.property, o.property === 'checked' ? false : '');
      await opened.call('reset');
      expect(await opened.call('entries')).toEqual([['it', o.presets]]);
      expect((await stateOf(opened)).states).toEqual([]);
      await opened.call('fieldset', true);
      expect(await opened.call('entries')).toEqual([]);
      expect(await opened.page.locator('#control').isDisabled()).toBe(true);
      await opened.call('fieldset', false);
      expect(await opened.page.locator('#control').isDisabled()).toBe(false);
      await opened.call('attribute', 'disabled', '');
      expect(await opened.call('entries')).toEqual([]);
      await opened.close();
    });

    it('belongs to a form that its attribute names', async () => {
      const opened = await inForm(o.query);
      await opened.call('outside');
      await opened.call('set', o.property, o.given);
      expect(await opened.call('entries')).toEqual([['it', o.sends]]);
      await opened.close();
    });

    it('required: is reported at its own control, in its own words, and shown in place', async () => {
      const opened = await inForm(`${o.query}&required`);
      const { page } = opened;
      expect(await stateOf(opened)).toMatchObject({
        valid: false,
        flags: ['valueMissing'],
        message: o.missing,
      });
      expect((await stateOf(opened)).states).toEqual(['invalid']);
      expect(await page.locator('.err').count()).toBe(0);
      await page.locator('#send').click();
      expect(await opened.call('sent')).toEqual([]);
      await soon(() => focusedId(opened)).toBe('control');
      await soon(() => page.locator('.err').innerText()).toBe(o.missing);
      expect((await stateOf(opened)).states).toEqual(['invalid', 'user-invalid']);
      expect(await page.locator('#control').getAttribute('aria-invalid')).toBe('true');
      await opened.call('set', o.property, o.given);
      expect(await stateOf(opened)).toMatchObject({ valid: true, states: ['dirty'] });
      expect(await page.locator('.err').count()).toBe(0);
      await page.locator('#send').click();
      expect(await opened.call('sent')).toEqual([[['it', o.sends]]]);
      await opened.close();
    });

    it('takes the host’s own sentence, and is not judged while it is read only', async () => {
      const opened = await inForm(`${o.query}&required`);
      await opened.call('set', o.property, o.given);
      await opened.call('custom', 'Taken by another portal.');
      expect(await stateOf(opened)).toMatchObject({
        flags: ['customError'],
        message: 'Taken by another portal.',
      });
      expect(await opened.call('report')).toBe(false);
      await opened.call('custom', '');
      await opened.call('set', 'error', 'Closed since Monday.');
      expect(await opened.page.locator('.err').innerText()).toBe('Closed since Monday.');
      expect(await stateOf(opened)).toMatchObject({ message: 'Closed since Monday.' });
      await opened.call('set', 'error', '');
      await opened.call('set', o.property, o.property === 'checked' ? false : '');
      await opened.call('set', 'readonly', true);
      expect(await stateOf(opened)).toMatchObject({ willValidate: false });
      expect(await opened.call('reportForm')).toBe(true);
      await opened.close();
    });

    it('Enter submits as in a native field', async () => {
      const opened = await inForm(o.query);
      const { page } = opened;
      await o.fill(page);
      await page.locator('#control').focus();
      await page.keyboard.press('Enter');
      if (!o.enters) expect(await opened.call('sent')).toEqual([]);
      else await soon(() => opened.call('sent')).toEqual([[['it', o.filled]]]);
      await opened.call('blockButton');
      await page.keyboard.press('Enter');
      expect(await opened.call('sent')).toHaveLength(o.enters ? 1 : 0);
      await opened.call('noButton');
      await page.keyboard.press('Enter');
      if (o.enters) await soon(() => opened.call<unknown[]>('sent').then(({ length }) => length)).toBe(2);
      await opened.close();
    });

    it('is restored after the page was left, and filled by the browser', async () => {
      const opened = await inForm(o.query);
      const state = o.property === 'checked' ? '1' : o.sends;
      await opened.call('restore', `value:${state}`, 'restore');
      expect(await opened.call('entries')).toEqual([['it', o.sends]]);
      await opened.call('reset');
      await opened.call('restore', state, 'autocomplete');
      expect(await opened.call('entries')).toEqual([['it', o.sends]]);
      await opened.close();
    });

    it('convention 15: properties set before it was known are the same as after', async () => {
      const opened = await inForm(o.query);
      const tag = new URLSearchParams(o.query).get('tag') ?? '';
      const early = await opened.call('early', tag, { [o.property]: o.given });
      expect(early).toEqual([['early', o.sends]]);
      await opened.close();
    });

    it('axe finds nothing: with its own label, with the host’s, in error, off, in the dark', async () => {
      for (const query of [`${o.query}&label=Lot`, `${o.query}&label=Lot&lang=it&data-theme=dark&dir=rtl`]) {
        const opened = await inForm(`${query}&required&help=As+on+the+delivery+note`);
        await opened.page.evaluate(() => document.body.style.setProperty('background', 'Canvas'));
        expect(await accessibility(opened)).toEqual([]);
        await opened.call('report');
        await opened.page.locator('.err').waitFor();
        expect(await accessibility(opened)).toEqual([]);
        await opened.call('set', 'label', '');
        await opened.call('outerLabel', 'Named by the host');
        expect(await accessibility(opened)).toEqual([]);
        await opened.call('fieldset', true);
        expect(await accessibility(opened)).toEqual([]);
        expect(mistakes(opened)).toEqual([]);
        await opened.close();
      }
    });
  });
}
