/** Where a program can die; `kit-handle.ts` makes it so. */

/** Points of a commit, which is one transaction of four requests. */
export const commitPoints = [
  'before transaction 1',
  ...[1, 2, 3].map((n) => `after write ${n} of transaction 1`),
  'at the first answer of transaction 1',
  'after transaction 1 was sent off',
  'when transaction 1 is complete',
];

/** Points of a checkpoint: one transaction of chunks here, then the one that puts them in force. */
export const checkpointPoints = [
  ...commitPoints.filter((point) => !point.includes('write 3') && !point.includes('sent off')),
  'before transaction 2',
  ...[1, 2, 3].map((n) => `after write ${n} of transaction 2`),
  'at the first answer of transaction 2',
  'when transaction 2 is complete',
];
