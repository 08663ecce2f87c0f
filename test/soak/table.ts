/** What the phases of the soak came to, as a small table. */
import { faults } from '../remote/proxy.ts';
import type { Phase } from './soak.ts';

const count = (n: number): string => n.toLocaleString('en');

/** One line per figure, one column per phase, without what was zero in all of them. */
export function tableOf(phases: readonly Phase[]): string[] {
  const rows: [string, (phase: Phase) => number][] = [
    ['commands sent', ({ sent }) => sent],
    ['accepted', ({ accepted }) => accepted],
    ['refused', ({ refused }) => refused],
    ['requests sent again', ({ again }) => again],
    ['answered ones sent once more', ({ echoes }) => echoes],
    ['conflicts of writers', ({ conflicts }) => conflicts],
    ['line cut', (phase) => phase.faults.cut],
    ...faults.map((fault): [string, (phase: Phase) => number] => [
      `request ${fault.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}`,
      (phase) => phase.faults[fault],
    ]),
    ['servers killed', ({ kills }) => kills],
    ['database crashed', ({ crashes }) => crashes],
    ['entries in the journal', ({ entries }) => entries],
    ['commands per second', ({ sent, seconds }) => Math.round(sent / seconds)],
  ];
  const shown = rows.filter(([, of]) => phases.some((phase) => of(phase) !== 0));
  const lines = [
    ['', ...phases.map(({ weather }) => weather)],
    ...shown.map(([name, of]) => [name, ...phases.map((phase) => count(of(phase)))]),
  ];
  const widths = lines[0]?.map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0))) ?? [];
  return lines.map((line) =>
    line
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart((widths[i] ?? 0) + 3)))
      .join(''),
  );
}
