/** Our fields in a host's form: what all have in common, and what each of them has of its own. */
import { expect, it } from 'vitest';
import { type ControlCase, formControlTests, inForm, soon, stateOf } from './form-control-suite.ts';
import { browserTests } from './harness/index.ts';

const typed =
  (text: string): ControlCase['fill'] =>
  async (page) => {
    await page.locator('#control').focus();
    await page.keyboard.type(text);
  };

const field: ControlCase = {
  query: 'tag=lot-ui-field',
  property: 'value',
  given: 'DN-99',
  sends: 'DN-99',
  fill: typed('DN-100'),
  filled: 'DN-100',
  attribute: 'value',
  preset: 'DN-1',
  presets: 'DN-1',
  missing: 'Fill in this field.',
  enters: true,
};
formControlTests('lot-ui-field', field);
formControlTests('lot-ui-field type=quantity', {
  ...field,
  query: 'tag=lot-ui-field&type=quantity&decimals=3&lang=it',
  given: '14.5',
  sends: '14.5',
  fill: typed('1.234,5'),
  filled: '1234.5',
  preset: '0.454',
  presets: '0.454',
  missing: 'Compilare questo campo.',
});
formControlTests('lot-ui-field type=date', {
  ...field,
  query: 'tag=lot-ui-field&type=date&today=2026-11-22',
  given: '2026-12-06',
  sends: '2026-12-06',
  fill: typed('22/11/26'),
  filled: '2026-11-22',
  preset: '2026-01-01',
  presets: '2026-01-01',
});
formControlTests('lot-ui-select', {
  ...field,
  query: 'tag=lot-ui-select',
  given: 'MILK',
  sends: 'MILK',
  fill: async (page) => void (await page.locator('#control').selectOption('RICOTTA')),
  filled: 'RICOTTA',
  preset: 'CHEESE',
  presets: 'CHEESE',
  missing: 'Choose one of the list.',
  enters: false,
});
formControlTests('lot-ui-combobox', {
  ...field,
  query: 'tag=lot-ui-combobox',
  given: 'MILK',
  sends: 'MILK',
  fill: async (page) => {
    await typed('ri')(page);
    await page.locator('.option[aria-selected="true"]', { hasText: 'RICOTTA' }).waitFor();
    await page.keyboard.press('Enter');
  },
  filled: 'RICOTTA',
  preset: 'CHEESE',
  presets: 'CHEESE',
  missing: 'Choose one of the list.',
});
formControlTests('lot-ui-check', {
  ...field,
  query: 'tag=lot-ui-check&label=Checked',
  property: 'checked',
  given: true,
  sends: 'on',
  fill: (page) => page.locator('#control').check(),
  filled: 'on',
  attribute: 'checked',
  preset: '',
  presets: 'on',
  missing: 'Tick this to go on.',
});

browserTests('what is typed', () => {
  it('conventions 55, 56: a decimal comma is read, and what cannot be read stays and is flagged', async () => {
    const opened = await inForm('tag=lot-ui-field&type=quantity&decimals=0&unit=PCE&lang=it');
    const { page } = opened;
    const control = page.locator('#control');
    await control.fill('dodici');
    await page.locator('#send').focus();
    expect(await control.inputValue()).toBe('dodici');
    expect(await stateOf(opened)).toMatchObject({
      value: '',
      flags: ['badInput'],
      states: ['invalid', 'user-invalid', 'dirty'],
    });
    expect(await page.locator('.err').innerText()).toBe('Questo non è un numero.');
    await control.fill('12,5');
    await page.locator('#send').focus();
    expect(await stateOf(opened)).toMatchObject({ flags: ['stepMismatch'], message: 'PCE non ha decimali.' });
    await control.fill('-3');
    expect(await stateOf(opened)).toMatchObject({ flags: ['rangeUnderflow'] });
    await control.fill('1.200');
    expect(await stateOf(opened)).toMatchObject({ value: '1200', valid: true, states: ['dirty'] });
    await opened.call('set', 'value', '14500');
    expect(await control.inputValue()).toBe('14.500');
    await opened.close();
  });

  it('a date that is none stays as typed, also over a restore; one that is one is shown in full', async () => {
    const opened = await inForm('tag=lot-ui-field&type=date&today=2026-11-22');
    const { page } = opened;
    await page.locator('#control').fill('31/11/2026');
    await page.locator('#send').focus();
    expect(await page.locator('#control').inputValue()).toBe('31/11/2026');
    expect(await stateOf(opened)).toMatchObject({ value: '', message: 'This day does not exist.' });
    await page.locator('#control').fill('6 dec');
    await page.locator('#send').focus();
    await soon(() => page.locator('#control').inputValue()).toBe('06 Dec 2026');
    await opened.call('restore', 'typed:31/11', 'restore');
    expect(await page.locator('#control').inputValue()).toBe('31/11');
    expect(await stateOf(opened)).toMatchObject({ value: '', flags: ['badInput'] });
    await page.locator('.native').evaluate((native: HTMLInputElement) => {
      native.value = '2026-12-24';
      native.dispatchEvent(new Event('change', { bubbles: true }));
    });
    await soon(() => opened.call('entries')).toEqual([['it', '2026-12-24']]);
    await opened.close();
  });

  it('a choice that is none stays as typed and is flagged, unless free texts are welcome', async () => {
    for (const free of [false, true]) {
      const opened = await inForm(`tag=lot-ui-combobox${free ? '&free' : ''}`);
      const { page } = opened;
      await page.locator('#control').fill('BUTTER');
      await page.locator('.options .hint').waitFor();
      await page.locator('#send').focus();
      await soon(() => stateOf(opened)).toMatchObject({ value: free ? 'BUTTER' : '', valid: free });
      expect(await page.locator('#control').inputValue()).toBe('BUTTER');
      await opened.close();
    }
  });

  it('convention 27: what is typed does not reach the hotkeys of the host', async () => {
    const opened = await inForm('tag=lot-ui-field');
    await opened.page.evaluate(() => {
      document.addEventListener('keydown', ({ key }) => {
        document.title += key;
      });
    });
    await opened.page.locator('#control').focus();
    await opened.page.keyboard.type('abc');
    await opened.page.keyboard.press('Control+k');
    expect(await opened.page.title()).toBe('Fields in a formControlk');
    await opened.close();
  });
});
