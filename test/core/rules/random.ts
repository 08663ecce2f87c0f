/** Random properties with a seed that is printed and can be given again: `LOTLEDGER_SEED=1 npx vitest run …`. */
import fc from 'fast-check';

const seed = Number(process.env.LOTLEDGER_SEED ?? Date.now() % 2 ** 31);
console.info(`seed ${seed}`);

/** Checks a property under the printed seed. */
export function holds<T>(property: fc.IProperty<T>, runs = 300): void {
  fc.assert(property, { seed, numRuns: runs });
}

/** A calendar date between two years. */
export const someDate = (from = 1900, to = 2200): fc.Arbitrary<string> =>
  fc
    .date({ min: new Date(Date.UTC(from, 0, 1)), max: new Date(Date.UTC(to, 11, 31)), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
