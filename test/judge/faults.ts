/**
 * What is wrong with a command, by the stage at which it is found out. A ledger names one fault; which one
 * of a stage is its own business, but never one of a later stage (design.md, order of refusals). Sums, codes
 * and usability are one stage here, because they are asked line by line.
 */
import type { Verdict } from './verdict.ts';

const stages = ['shape', 'references', 'template', 'date', 'rows', 'balance'] as const;
type Stage = (typeof stages)[number];

export class Faults {
  private readonly found = new Map<Stage, Set<string>>();

  add(stage: Stage, ...codes: string[]): void {
    this.count++;
    const known = this.found.get(stage) ?? new Set();
    for (const code of codes) known.add(code);
    this.found.set(stage, known);
  }

  /** How many faults were found so far. */
  count = 0;

  get any(): boolean {
    return this.found.size > 0;
  }

  has(stage: Stage): boolean {
    return this.found.has(stage);
  }

  /** A refusal with the codes of the first stage at which something is wrong. */
  verdict(): Verdict {
    const first = stages.find((stage) => this.found.has(stage)) ?? 'shape';
    return { ok: false, codes: [...(this.found.get(first) ?? [])], receipt: first !== 'shape' };
  }
}
