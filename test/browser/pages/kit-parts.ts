/**
 * Every part elements are made of, in every state, in one element: `?theme=dark&lang=it&dir=rtl&density=compact
 * &narrow`. What is pressed and chosen is counted, for the tests.
 */
import { css, html, nothing, type TemplateResult } from 'lit';
import { LotElement } from '../../../src/components/base.ts';
import { errorSummary, formParts } from '../../../src/components/elements/lot-form-parts.ts';
import {
  areaField,
  badge,
  banner,
  button,
  Combobox,
  checkField,
  chip,
  type DateState,
  Dialog,
  dateField,
  expiryCell,
  liveRegion,
  Menu,
  type MenuEntry,
  message,
  Popover,
  pager,
  progress,
  progressLine,
  quantity,
  selectField,
  stockBar,
  Tooltip,
  tabs,
  textField,
} from '../../../src/components/primitives/index.ts';
import { baseStyles, facts, forms } from '../../../src/components/styles/index.ts';

const ask = new URLSearchParams(location.search);
const root = document.documentElement;
root.dataset.theme = ask.get('theme') ?? 'light';
for (const name of ['dir', 'lang']) if (ask.has(name)) root.setAttribute(name, ask.get(name) ?? '');
if (ask.has('narrow')) root.dataset.narrow = '';

const TODAY = '2026-11-22';
const pressed: string[] = [];
let end = false;
let refused = false;

class KitParts extends LotElement {
  static override styles = [
    ...baseStyles,
    facts,
    forms,
    formParts,
    css`
      .lot {
        overflow: auto;
        container-type: inline-size;
      }
      .pair {
        display: grid;
        grid-template-columns: 1fr 1fr;
      }
      @container (max-width: 50em) {
        .pair {
          grid-template-columns: 1fr;
        }
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.77em;
        padding: 0.77em 0.92em;
        border-block-end: 1px solid var(--_line);
      }
      .row > :is(progress, .stock) {
        flex: 0 0 14em;
      }
      .form {
        padding: 0.92em;
      }
    `,
  ];
  readonly menu = new Menu(this);
  readonly columns = new Popover(this);
  readonly dialog = new Dialog(this);
  readonly tooltip = new Tooltip(this);
  readonly items = new Combobox(this, {
    load: async (search) =>
      ['MILK', 'RICOTTA', 'CHEESE']
        .filter((code) => code.startsWith(search.toUpperCase()))
        .map((code) => ({
          value: code,
          label: code,
          sub: 'From the dairy',
          aside: code === 'CHEESE' ? 'No lots' : '',
          disabled: code === 'CHEESE',
        })),
    pick: (option) => {
      this.item = option?.value ?? '';
      this.requestUpdate();
    },
  });
  item = 'MILK';
  date: DateState = { value: '', text: '31 Nov 2026' };
  tab = 'view';
  page = 3;
  rows = 50;
  ticks = new Set(['expiry']);
  typed: Record<string, string> = { code: '202611015', quantity: '12.5' };

  get #entries(): readonly MenuEntry[] {
    const tick = (id: string, label: string) => ({
      id,
      label,
      checked: this.ticks.has(id),
      stay: true,
      press: () => {
        if (!this.ticks.delete(id)) this.ticks.add(id);
      },
    });
    const act = (id: string) => () => pressed.push(id);
    return [
      { id: 'open', label: 'Open', icon: 'doc', key: 'Enter', href: '#open', press: act('open') },
      { id: 'print', label: 'Print label', icon: 'print', press: act('print') },
      { id: 'block', label: 'Block…', icon: 'lock', locked: 'Quality managers can.', press: act('block') },
      { id: 'delete', label: 'Delete', icon: 'x', danger: true, press: act('delete') },
      'line',
      { heading: 'Columns' },
      tick('expiry', 'Expiry'),
      tick('place', 'Place'),
    ];
  }

  #block(): void {
    this.dialog.ask({
      title: 'Block 3 lots?',
      body: html`<p>6,240 PCE become unavailable; 1,500 of them are reserved.</p>`,
      confirm: 'Block 3 lots',
      cancel: 'Cancel',
      danger: true,
      reason: { label: 'Reason', help: 'Kept with the history.', missing: 'A reason is needed.' },
      refused: refused ? { title: 'Not blocked.', text: 'Lot 202611011 is recalled.' } : undefined,
      act: (reason) => {
        pressed.push(`block: ${reason}`);
      },
    });
  }

  #buttons(): TemplateResult {
    const looks = [
      button({ label: 'Post unload', look: 'primary', key: 'Ctrl S', press: () => pressed.push('post') }),
      button({ label: 'Save draft' }),
      button({ label: 'Cancel', look: 'quiet' }),
      button({ label: 'Block…', look: 'danger', icon: 'lock', action: 'block', press: () => this.#block() }),
      this.menu.button(
        'more',
        { label: 'More', icon: 'more', iconOnly: true, action: 'more' },
        { label: 'More', entries: () => this.#entries },
      ),
      this.columns.button(
        'columns',
        { label: 'Columns', icon: 'cols', action: 'columns' },
        { label: 'Columns', body: () => this.#columns() },
      ),
    ];
    const states = [
      button({ label: 'Locked', disabled: true, tip: 'Quality managers can.', action: 'locked' }),
      button({ label: 'Posting…', look: 'primary', busy: true }),
      button({ label: 'Delete for ever', look: 'danger filled' }),
      button({ label: 'Pinned', pressed: true }),
    ];
    return html`<div class="row">${looks}</div><div class="row">${states}</div>`;
  }

  #columns(): TemplateResult {
    return html`${checkField({ id: 'c-expiry', label: 'Expiry', checked: true })}${checkField({
      id: 'c-place',
      label: 'Place',
      checked: false,
    })}${button({ label: 'Done', press: () => this.columns.close() })}`;
  }

  #badges(): TemplateResult {
    const terms = { warnDays: 12, blockDays: 2, shelfLifeDays: 30 };
    return html`<div class="row">${badge('ok', 'Released')}${badge('notice', 'Quarantine')}${badge('warn', 'Restricted')}${badge(
      'danger',
      'Blocked',
    )}${badge('danger', 'Expired', 'expired')}${badge('neutral', 'Closed')}</div>
    <div class="row">${['2027-02-26', '2026-12-03', '2026-11-22', '2026-11-19'].map((date) =>
      expiryCell(date, TODAY, terms, false, this.format),
    )}${quantity('184.25', this.format, { decimals: 3 })}${quantity('-600', this.format)}${quantity('0', this.format)}</div>
    <div class="row">${stockBar({ loaded: '100', onHand: '70', reserved: '20', available: '50' }, 100)}${stockBar(
      { loaded: '64', onHand: '64', reserved: '0', available: '0' },
      100,
      true,
    )}</div>
    <div class="row">${chip({ label: 'Open', pressed: true, count: '1,284', press: () => {} })}${chip({
      label: 'Expiring 30 d',
      pressed: false,
      count: '46',
      icon: 'warn',
      press: () => {},
    })}</div>`;
  }

  #progress(): TemplateResult {
    return html`<div class="row">${progress('Posting lines', 300, 4000, '300 of 4,000')}${progress('Reading', undefined, 1)}</div>
    <div class="row" data-part="pager">${pager(
      {
        page: this.page,
        pages: 26,
        jump: true,
        rows: this.rows,
        rowChoices: [25, 50, 100, 200],
        setRows: (rows) => {
          this.rows = rows;
          this.requestUpdate();
        },
        go: (page) => {
          this.page = page;
          this.requestUpdate();
        },
      },
      this.format,
    )}</div><div class="row">${pager({ page: 1, hasNext: true, id: 'other', go: () => {} }, this.format)}</div>`;
  }

  #field(id: string, label: string) {
    return {
      id,
      label,
      value: this.typed[id] ?? '',
      input: (value: string) => void (this.typed[id] = value),
    };
  }

  #fields(): TemplateResult {
    const { format } = this;
    const choices = [
      { value: '', label: 'None' },
      { value: 'A', label: 'Grade A' },
    ];
    return html`<div class="form">${textField({
      ...this.#field('code', 'Lot code'),
      required: true,
      help: 'Next of type YM; kept on saving',
      ...(end ? { end: button({ label: 'Take the next', icon: 'hash', iconOnly: true }) } : {}),
    })}${this.items.template({ id: 'item', label: 'Item', value: this.item }, format)}${dateField(
      {
        id: 'date',
        label: 'Expiry date',
        state: this.date,
        today: TODAY,
        set: (state) => {
          this.date = state;
          this.requestUpdate();
        },
      },
      format,
    )}${textField({ ...this.#field('quantity', 'Quantity'), error: 'PCE has no decimals.', inputMode: 'decimal', look: 'num' })}${textField(
      {
        ...this.#field('type', 'Code type'),
        value: 'YM',
        readonly: true,
        help: 'Fixed once used',
      },
    )}${textField({ ...this.#field('vendor', 'Vendor lot'), placeholder: 'As on the delivery note' })}${textField(
      {
        ...this.#field('off', 'Label type'),
        disabled: true,
      },
    )}${selectField({ ...this.#field('grade', 'Grade'), choices })}${selectField({
      ...this.#field('grade2', 'Grade'),
      value: 'A',
      readonly: true,
      choices,
    })}${areaField({ ...this.#field('notes', 'Notes'), help: 'Printed on the label' })}${checkField({
      id: 'sellable',
      label: 'For sale',
      checked: true,
      help: 'Off: it stays in stock and is not offered.',
    })}${checkField({ id: 'agree', label: 'Checked by two', checked: false, error: 'Tick this to go on.' })}</div>`;
  }

  #notices(): TemplateResult {
    return html`${banner({
      severity: 'danger',
      title: 'Not posted.',
      text: 'Lot 202611011 has 580 PCE free at A-01 on 22 Nov, 640 are asked.',
      actions: button({ label: 'Show the line', look: 'danger' }),
    })}${banner({
      severity: 'warn',
      icon: 'refresh',
      title: 'Changed by A. Conti at 10:04.',
      text: 'Your changes are kept here, not saved.',
      actions: button({ label: 'Show the difference' }),
    })}${banner({ severity: 'notice', title: 'Waiting.', text: 'Quality has not released it.' })}${banner({
      severity: 'ok',
      title: 'Saved.',
    })}${errorSummary([{ path: 'code', label: 'Lot code', sentence: 'is taken.' }], 'One field needs attention', () => {})}`;
  }

  protected override render(): TemplateResult {
    const all = [
      { id: 'view', label: 'View' },
      { id: 'history', label: 'History', count: '12' },
    ];
    return html`<section class="lot ${this.spacing}" part="base" dir=${this.direction} lang=${this.language}>
      ${progressLine(true)}<div class="bar"><h2 class="title">Parts and states</h2></div>
      <div class="pair"><div>${this.#buttons()}${this.#badges()}${this.#progress()}</div>
      <div>${this.#fields()}${this.#notices()}${tabs('k', 'Lot', all, this.tab, (tab) => {
        this.tab = tab;
        this.requestUpdate();
      })}<div class="row" role="tabpanel" id="k-panel-${this.tab}" aria-labelledby="k-tab-${this.tab}" tabindex="0">${this.tab}</div></div></div>
      ${message('empty', 'No lots yet', 'Lots appear when a load is posted, or make one here.', [button({ label: 'New lot' })])}
      ${this.menu.template()}${this.columns.template()}${this.dialog.template()}${this.tooltip.template()}${liveRegion('')}${nothing}
    </section>`;
  }
}
customElements.define('kit-parts', KitParts);

const kit = document.querySelector('kit-parts') as KitParts;
if (ask.has('density')) kit.density = ask.get('density') as 'compact';

Object.assign(window, {
  kit,
  tests: {
    ready: () => kit.updateComplete.then(() => true),
    pressed: () => pressed,
    ticks: () => [...kit.ticks],
    state: () => ({
      page: kit.page,
      rows: kit.rows,
      item: kit.item,
      menu: kit.menu.shown,
      popover: kit.columns.shown,
      dialog: kit.dialog.open,
    }),
    /** A button appears in the box of the code, or goes. */
    end: (on: boolean) => {
      end = on;
      kit.requestUpdate();
      return kit.updateComplete.then(() => true);
    },
    refuse: () => {
      refused = true;
    },
  },
});
