/** The kit judged: a store without fault passes every section, and each flaw is found by the section made for it. */
import { describe, expect, it } from 'vitest';
import { conformance, type Harness, type Runner } from '../../src/conformance/index.ts';
import { type Flaw, paperHarness } from './paper-harness.ts';

interface Listed {
  readonly section: number;
  readonly title: string;
  readonly body: () => void | Promise<void>;
}

/** Every case the kit registers for a harness, and those it skips. */
function listed(harness: Harness, sections?: readonly number[]): { cases: Listed[]; skipped: string[] } {
  const cases: Listed[] = [];
  const skipped: string[] = [];
  let section = 0;
  const runner: Runner = {
    describe(name, body) {
      section = Number.parseInt(name, 10) || section;
      body();
    },
    it: (title, body) => void cases.push({ section, title, body }),
    skip: (title, reason) => void skipped.push(`${section} ${title}: ${reason}`),
  };
  conformance(runner, harness, {
    seed: 20261122,
    rounds: 24,
    ...(sections === undefined ? {} : { sections }),
  });
  return { cases, skipped };
}

/** The sections in which some case fails. */
async function failing(harness: Harness, sections: readonly number[]): Promise<number[]> {
  const found = new Set<number>();
  for (const { section, body } of listed(harness, sections).cases) {
    if (found.has(section)) continue;
    try {
      await body();
    } catch {
      found.add(section);
    }
  }
  return [...found];
}

/** Each flaw, and the sections that have to find it. */
const flaws: Readonly<Record<Flaw, readonly number[]>> = {
  'acknowledges before it writes': [8],
  'writes in two steps': [8],
  'keeps what it refused': [2, 5],
  'checks versions against memory only': [7],
  'does not check unique keys': [2],
  'leaves a gap in the feed': [10],
  'cuts groups': [10],
  'gives no hints': [10],
  'counts only the page': [4],
  'goes on at the wrong record': [3, 4],
  'goes on by counting': [3, 4],
  'forgets further orders': [3, 4],
  'leaves out one too few': [3, 4],
  'keeps quiet about a capped count': [3, 4],
  'sums in plain numbers': [4],
  'has an empty group': [4],
  'forgets deletes': [1],
  'says done though the line died': [9],
  'loses commits during a checkpoint': [12],
  'drops redo before the checkpoint stands': [12],
  'shows what had no room': [13],
  'waits for good when blocked': [13],
  'writes under a newer schema': [14],
  'resolves numbers in refused records': [5],
};

describe('a store without fault', () => {
  const { cases, skipped } = listed(paperHarness());
  it('skips nothing', () => {
    expect(skipped).toEqual([]);
    expect(new Set(cases.map((one) => one.section))).toEqual(
      new Set(Array.from({ length: 14 }, (_, i) => i + 1)),
    );
  });
  for (const { section, title, body } of cases) it(`${section} ${title}`, body);
});

describe('a store that', () => {
  for (const [flaw, sections] of Object.entries(flaws) as [Flaw, readonly number[]][]) {
    it(`${flaw} is found by section ${sections.join(' and ')}`, async () => {
      expect(await failing(paperHarness(flaw), sections)).toEqual(sections);
    });
  }
});

describe('a store with nothing durable', () => {
  it('skips what needs more, and says why', () => {
    const { name, open } = paperHarness();
    const { cases, skipped } = listed({ name, open });
    expect(skipped.filter((line) => line.startsWith('11 '))).not.toHaveLength(0);
    for (const line of skipped) expect(line).toMatch(/: (nothing in this store|the harness offers no)/);
    expect(cases.some((one) => one.section === 11)).toBe(false);
  });

  it('lists skipped cases by title where the runner cannot skip', () => {
    const titles: string[] = [];
    const { name, open } = paperHarness();
    const runner: Runner = { describe: (_, body) => body(), it: (title) => void titles.push(title) };
    conformance(runner, { name, open }, { sections: [11] });
    expect(titles.every((title) => title.includes('(skipped: '))).toBe(true);
  });
});
