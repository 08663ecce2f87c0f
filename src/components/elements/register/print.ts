/**
 * The paper of a register: a document of its own with every row, its header repeated on every page, printed
 * from a frame nobody sees. It is built node by node, so that no policy on markup or styles is in its way.
 */
import type { PrintModel } from '../../controllers/register/print-model.ts';
import type { Format } from '../../i18n/format.ts';

const paper = `
  @page { margin: 12mm; }
  body { margin: 0; font: 9pt/1.35 system-ui, sans-serif; color: #000; background: #fff; font-variant-numeric: tabular-nums; }
  h1 { font-size: 14pt; margin: 0 0 1mm; }
  p { margin: 0 0 1mm; }
  .faint { color: #444; }
  table { border-collapse: collapse; inline-size: 100%; margin-block: 4mm; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
  th { text-align: start; font-weight: 600; border-block-end: 0.4mm solid #000; }
  th, td { padding: 0.8mm 1.6mm 0.8mm 0; vertical-align: top; }
  td { border-block-end: 0.2mm solid #bbb; }
  .num { text-align: end; white-space: nowrap; direction: ltr; }
`;

/** The words of a print that are no data. */
export interface PrintWords {
  readonly printed: string;
  readonly rows: string;
  readonly asOf: string | undefined;
  readonly truncated: string | undefined;
  readonly dir: 'ltr' | 'rtl';
}

/** Fills a document with a register. */
export function fillPaper(into: Document, model: PrintModel, words: PrintWords, format: Format): void {
  const make = <K extends keyof HTMLElementTagNameMap>(
    name: K,
    text = '',
    look = '',
  ): HTMLElementTagNameMap[K] => {
    const element = into.createElement(name);
    element.textContent = text;
    if (look !== '') element.className = look;
    return element;
  };
  into.title = model.title;
  into.documentElement.lang = format.locale;
  into.documentElement.dir = words.dir;
  const table = make('table');
  const head = table.createTHead().insertRow();
  for (const { label, numeric } of model.columns) head.append(make('th', label, numeric ? 'num' : ''));
  const body = table.createTBody();
  for (const row of model.rows) {
    const line = body.insertRow();
    row.forEach((text, i) => {
      line.append(make('td', text, model.columns[i]?.numeric ? 'num' : ''));
    });
  }
  const totals = model.totals.map(({ label, quantity, unit }) => make('p', `${label}: ${quantity} ${unit}`));
  const said = [words.asOf, words.printed].filter((text) => text !== undefined).join(' · ');
  into.body.replaceChildren(
    make('h1', model.title),
    ...model.filters.map((text) => make('p', text)),
    make('p', words.rows),
    ...(words.truncated === undefined ? [] : [make('p', words.truncated)]),
    table,
    ...totals,
    make('p', said, 'faint'),
  );
}

/** Prints a register from a frame of its own, which goes when it is done. */
export async function printPaper(page: Document, fill: (into: Document) => void): Promise<void> {
  const frame = page.createElement('iframe');
  frame.setAttribute('aria-hidden', 'true');
  frame.tabIndex = -1;
  frame.dataset.lotPrint = '';
  for (const [name, value] of [
    ['position', 'fixed'],
    ['inline-size', '0'],
    ['block-size', '0'],
    ['border', '0'],
    ['visibility', 'hidden'],
  ] as const) {
    frame.style.setProperty(name, value);
  }
  page.body.append(frame);
  const inner = frame.contentWindow as (Window & { CSSStyleSheet: typeof CSSStyleSheet }) | null;
  const into = frame.contentDocument;
  if (inner === null || into === null) {
    frame.remove();
    throw new Error('no frame to print from');
  }
  const sheet = new inner.CSSStyleSheet();
  sheet.replaceSync(paper);
  into.adoptedStyleSheets = [sheet];
  fill(into);
  const gone = new Promise<void>((resolve) => {
    inner.addEventListener('afterprint', () => resolve(), { once: true });
  });
  inner.focus();
  inner.print();
  // Some browsers print in the background and tell; none takes longer than this to take its copy.
  await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, 60_000))]);
  frame.remove();
}
