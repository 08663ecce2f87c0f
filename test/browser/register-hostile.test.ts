/** Hosts that stumble: their functions throw, never answer, or are none at all, and the register stands. */
import { expect, it } from 'vitest';
import { browserTests, mistakes } from './harness/index.ts';
import { codes, heard, register, soon } from './register-kit.ts';

type Page = Awaited<ReturnType<typeof register>>;

const cells = ({ page }: Page, key: string): Promise<string[]> =>
  page
    .locator(`lot-register tbody tr.row:not(.blank) [data-column="${key}"]`)
    .allTextContents()
    .then((all) => all.map((text) => text.trim()));

browserTests('a host that stumbles', () => {
  it('spoils its own cells only, and is told once for a field', async () => {
    const opened = await register('rows=3');
    await opened.page.evaluate(() => {
      const fail = (): never => {
        throw new Error('broken');
      };
      const { register } = window as unknown as { register: Record<string, unknown> };
      const one = (key: string, more: object) => ({ key, label: key, type: 'text', ...more });
      register.extensions = [
        {
          id: 'bad',
          on: 'lot',
          fields: [
            one('draws', { value: () => 'plain', render: fail }),
            one('writes', { value: () => 'text', format: fail }),
            one('reads', { value: fail }),
            one('nan', { type: 'number', value: () => Number.NaN }),
            one('day', { type: 'date', value: () => '2026-02-31' }),
            one('moment', { type: 'instant', value: () => 'soon' }),
            one('choice', { value: () => 'a', choices: [null] }),
          ],
        },
      ];
      register.fields = ['code', 'draws', 'writes', 'reads', 'nan', 'day', 'moment', 'choice'];
    });
    const shown: Readonly<Record<string, string>> = {
      draws: 'plain',
      writes: 'text',
      reads: '—',
      nan: 'NaN',
      day: '2026-02-31',
      moment: 'soon',
      choice: 'a',
    };
    for (const [key, text] of Object.entries(shown)) {
      await soon(() => cells(opened, key)).toEqual([text, text]);
    }
    const told = await heard<{ code: string }>(opened, 'lot-error');
    expect(told.map(({ code }) => code)).toEqual(Array(3).fill('extension.failed'));
    expect(mistakes(opened)).toEqual([]);
    await opened.close();
  });

  it('does not keep rows waiting for its data, and brings other data with another load', async () => {
    const opened = await register('rows=3');
    const extend = (text: string) =>
      opened.page.evaluate((said) => {
        const { register } = window as unknown as { register: Record<string, unknown> };
        type Row = { readonly id: string };
        const load = (rows: readonly Row[]) =>
          said === ''
            ? new Promise(() => {})
            : Promise.resolve(Object.fromEntries(rows.map(({ id }) => [id, said])));
        const value = (_: unknown, data: unknown) => data ?? null;
        register.extensions = [
          { id: 'cold', on: 'lot', load, fields: [{ key: 'own', label: 'Own', type: 'text', value }] },
        ];
        register.fields = ['code', 'own'];
        void (register.refresh as () => void).call(register);
      }, text);
    await extend('');
    await soon(() => cells(opened, 'own')).toEqual(['—', '—']);
    expect((await codes(opened)).length).toBe(2);
    await extend('first');
    await soon(() => cells(opened, 'own')).toEqual(['first', 'first']);
    await extend('second');
    await soon(() => cells(opened, 'own')).toEqual(['second', 'second']);
    await opened.close();
  });

  it('whose action fails is told in its own words, after a question where it is dangerous', async () => {
    const opened = await register('rows=3');
    await opened.page.evaluate(() => {
      const { register } = window as unknown as { register: Record<string, unknown> };
      const run = () => Promise.reject(new Error('no paper'));
      const act = { id: 'print-shelf', label: 'Print shelf label', scope: 'row', danger: true, run };
      const never = { ...act, id: 'never', label: 'Never', when: async () => false };
      register.extensions = [{ id: 'labels', on: 'lot', actions: [act, never] }];
    });
    // the button shows while the row is pointed at
    await opened.page
      .locator('tbody tr.row [data-action="row-menu"]')
      .first()
      .evaluate((button: HTMLElement) => button.click());
    expect(await opened.page.getByRole('menuitem', { name: 'Never' }).count()).toBe(0);
    await opened.page.getByRole('menuitem', { name: 'Print shelf label' }).click();
    await opened.page.getByRole('button', { name: 'Print shelf label' }).click();
    const notice = opened.page.locator('lot-register .banner');
    const sentence = '“Print shelf label” did not work: no paper.';
    await soon(() => notice.textContent()).toContain(sentence);
    const told = await heard<{ code: string; message: string }>(opened, 'lot-error');
    expect(told).toMatchObject([{ code: 'extension.failed', message: sentence }]);
    await opened.page.locator('[data-action="notice-close"]').click();
    await soon(() => notice.count()).toBe(0);
    await opened.close();
  });
});

browserTests('a provider that cannot open', () => {
  it.each([
    ['timeZone', { zone: 'Europe/Roma' }],
    ['script', { child: '{ "name": ' }],
  ] as [string, { readonly zone?: string; readonly child?: string }][])(
    'names what is wrong, %s, and its elements say so',
    async (path, given) => {
      const opened = await register('rows=1');
      const told = await opened.page.evaluate(async ({ zone, child }) => {
        const provider = document.createElement('lot-ledger');
        provider.setAttribute('adapter', 'memory');
        if (zone !== undefined) provider.setAttribute('time-zone', zone);
        if (child !== undefined) {
          const script = document.createElement('script');
          script.type = 'application/json';
          script.append(child);
          provider.append(script);
        }
        provider.append(document.createElement('lot-register'));
        const heard = new Promise((done) =>
          provider.addEventListener('lot-error', (event) => done((event as CustomEvent).detail), {
            once: true,
          }),
        );
        document.querySelector('main')?.append(provider);
        return heard;
      }, given);
      expect(told).toMatchObject({ code: 'field.type', path });
      const inner = opened.page.locator(
        'lot-ledger lot-register .message, lot-ledger lot-register [part~="error"]',
      );
      await soon(() => inner.first().textContent()).toContain('could not be opened');
      // the page's trusted types speak of the script the test makes
      expect(mistakes(opened).filter((text) => !text.includes('TrustedScript'))).toEqual([]);
      await opened.close();
    },
  );

  it('a ledger that is none is said to be none', async () => {
    const opened = await register('rows=1');
    await opened.page.evaluate(() => {
      (window as unknown as { register: { ledger: unknown } }).register.ledger = {};
    });
    const whole = () =>
      opened.page.evaluate(() => document.querySelector('lot-register')?.shadowRoot?.textContent ?? '');
    await soon(whole).toContain('could not be opened');
    expect(await whole()).toContain('a ledger');
    expect(mistakes(opened)).toEqual([]);
    await opened.close();
  });
});
