/** Stands in for vitest in the server process, where no test runs. */
export const expect = undefined;
