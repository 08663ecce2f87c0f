/** Which test files run a second time through `rest`, as patterns from the root. */

/** The ledger's behaviour. */
export const ofTheLedger = [
  'test/{rules,scenarios}/*.test.ts',
  'test/guides/guides.test.ts',
  'test/core/{commands,queries,resources}/*.test.ts',
  'test/core/facade.test.ts',
];

/** Among them those that open no ledger. */
export const ofParts = [
  ...['conditions', 'memory-find', 'ordered-index', 'record-groups', 'record-set', 'sort-key'].map(
    (name) => `test/core/queries/${name}.test.ts`,
  ),
];
