/**
 * The one table, on the screen and in `RESULTS.md`. A row says what was measured, of whom, and how Lotledger
 * stands beside: `times` is always Lotledger's advantage, so more is better whatever is measured.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/lib/run.mjs';

/**
 * @typedef {object} Row
 * @property {string} what what was measured
 * @property {string} who the contender
 * @property {string} figure
 * @property {number} [times] how many times better Lotledger is
 * @property {string} [goal] in words
 * @property {boolean} [met] absent where there is no goal
 * @property {string} [memory] @property {string} [open] @property {string} [disk]
 */

const columns = [
  ['what', 'what'],
  ['who', 'of whom'],
  ['figure', 'figure'],
  ['times', 'Lotledger is'],
  ['goal', 'goal'],
  ['met', ''],
  ['memory', 'memory'],
  ['open', 'cold open'],
  ['disk', 'on disk'],
];

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

export const perSecond = (rate) => `${whole.format(rate < 1_000 ? rate : Number(rate.toPrecision(3)))}/s`;
export const bytes = (count) => {
  if (count >= 1e9) return `${short.format(count / 1e9)} GB`;
  if (count >= 1e6) return `${short.format(count / 1e6)} MB`;
  return count >= 1e3 ? `${short.format(count / 1e3)} kB` : `${whole.format(count)} B`;
};
export const time = (milliseconds) => {
  if (milliseconds >= 1_000) return `${short.format(milliseconds / 1e3)} s`;
  return milliseconds >= 1 ? `${short.format(milliseconds)} ms` : `${short.format(milliseconds * 1e3)} µs`;
};
export const absent = (what, who) => ({ what, who, figure: 'absent' });

function textOf(row, key) {
  const value = row[key];
  if (value === undefined) return '';
  if (key === 'times') return `${short.format(value)} ×`;
  if (key === 'met') return value ? 'met' : 'missed';
  return value;
}

const cellsOf = (rows) => rows.map((row) => columns.map(([key]) => textOf(row, key)));

/** The table as plain text, columns aligned. */
export function plainTable(rows) {
  const cells = [columns.map(([, title]) => title), ...cellsOf(rows)];
  const widths = columns.map((_, i) => Math.max(...cells.map((row) => row[i].length)));
  return cells
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Any table in Markdown; the second and later columns that hold figures stand to the right. */
export function markdownTable(titles, cells) {
  const line = (row) => `| ${row.join(' | ')} |`;
  return [line(titles), line(titles.map((_, i) => (i < 2 ? '---' : '---:'))), ...cells.map(line)].join('\n');
}

const mainTable = (rows) =>
  markdownTable(
    columns.map(([, title]) => title),
    cellsOf(rows),
  );

/** `name 1.2.3, other 4.5.6` */
const listed = (versions) =>
  Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');

/**
 * Writes `bench/RESULTS.md`: what ran where, the table, further tables, and `bench/notes.md` with what falls
 * short and why.
 * @param {{ rows: Row[], details: { title: string, text: string, titles: string[], cells: string[][] }[],
 *   versions: Record<string, string>, machine: string, method: string }} results
 */
export function writeResults({ rows, details, versions, machine, method }) {
  const missed = rows.filter((row) => row.met === false);
  const met = rows.filter((row) => row.met === true);
  const notes = readFileSync(join(root, 'bench', 'notes.md'), 'utf8');
  const parts = [
    '# What Lotledger costs, beside others',
    `Made by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}; do not edit (words come from \`bench/notes.md\`).`,
    machine,
    `Versions: ${listed(versions)}.`,
    method,
    `${met.length} of ${met.length + missed.length} goals met.`,
    mainTable(rows),
    ...details.flatMap(({ title, text, titles, cells }) => [
      `## ${title}`,
      text,
      markdownTable(titles, cells),
    ]),
    notes.trim(),
  ];
  writeFileSync(join(root, 'bench', 'RESULTS.md'), `${parts.join('\n\n')}\n`);
}
