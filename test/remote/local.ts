/**
 * The tests of the ledger's behaviour that cannot go through `rest`, and why; all others do. They run on a
 * ledger of this process instead, and each fails when it does not need what is said of it here.
 */

/**
 * What cannot travel: `hooks` – functions of the host, asked while the engine decides; `store` – a store of
 * the test's own making, or one it opens itself to look at what was written; `actor` – a command that says who
 * acts, which over a wire the server alone knows.
 */
export type Need = 'hooks' | 'store' | 'actor';

/** By file and name of the test; `*` is every test of the file. */
export const local: Readonly<Record<string, Readonly<Record<string, Need>>>> = {
  'test/core/commands/lots.test.ts': {
    'R121 every change is in the history with who, when, from, to, why and from where': 'actor',
  },
  'test/core/commands/masters.test.ts': {
    'parties > R135 a party can be erased; its name was never in the journal and the chain still verifies':
      'store',
    'parties > R135 not even a fingerprint of the journal depends on a name': 'store',
  },
  'test/core/facade.test.ts': {
    'a ledger that is kept elsewhere > opens as the same ledger: resources, feed, status, the actor’s name on what it sends':
      'actor',
  },
  'test/core/queries/past.test.ts': {
    'R74 a question about yesterday reads what came after, however long the story before is': 'store',
    'a far store answers the past as a near one does': 'store',
  },
  'test/core/queries/questions.test.ts': {
    'a far store answers the same': 'store',
  },
  'test/guides/guides.test.ts': {
    'the examples of “hooks” answer what they say': 'hooks',
  },
  'test/rules/alerts.test.ts': {
    'R40 an alert > is seen once: the second to see it changes nothing; moving the date raises it again':
      'actor',
    'R40 an alert > reads the lots that are due and no others': 'store',
  },
  'test/rules/corners-answers.test.ts': {
    'far > a page of 100 lots over a far store is answered': 'store',
    'far > an automatic unload that looks at 100 lots over a far store is decided': 'store',
    'unknown outcomes > R88 a command is not taken for written because another one of its group was': 'store',
  },
  'test/rules/corners-postings.test.ts': {
    'far stores > a posting of 100 items over a far store is posted': 'store',
    'far stores > a page of 100 lots over a far store is answered': 'store',
    'far stores > a load of 100 named lots over a far store is posted': 'store',
  },
  'test/rules/correction.test.ts': {
    'R132 one command: another that takes the same lots meanwhile sees all of it or nothing': 'store',
  },
  'test/rules/counts.test.ts': {
    'R84 a count that races with a delivery compares with the books it then finds': 'store',
  },
  'test/rules/documents.test.ts': {
    'codes that are fixed > R86 a printed label fixes the code; the history says who printed it and when':
      'actor',
  },
  'test/rules/history.test.ts': {
    'the history of what people change > R121 tells of a lot each guarded field with actor, time, old, new, reason and channel':
      'actor',
    'the history of what people change > R121 tells of master data what was made, edited field by field, and removed':
      'actor',
  },
  'test/rules/inspections.test.ts': {
    'an inspection > R121 stands in the history of its lot, with who and why': 'actor',
  },
  'test/rules/jobs.test.ts': {
    'a change of many lots > R137 is frozen when it starts, and each lot is changed once with its reason and history':
      'actor',
    'a change of many lots > R137 whose store dies in the middle is gone on with after it is opened again':
      'store',
  },
  'test/rules/limits.test.ts': {
    'R135 names of parties are not in the journal, and an erased party leaves it whole': 'store',
  },
  'test/rules/ours.test.ts': {
    'R121 every change of status, expiry, code, closed and supplier lot keeps who, when, old, new and why':
      'actor',
  },
  'test/rules/races.test.ts': { '*': 'store' },
  'test/rules/recall-fire.test.ts': { '*': 'store' },
  'test/rules/reservations-changes.test.ts': {
    'R72 two writers reserve the last unit: one has it (1 turns apart)': 'store',
    'R72 two writers reserve the last unit: one has it (4 turns apart)': 'store',
    'R72 two writers reserve the last unit: one has it (9 turns apart)': 'store',
    'R72 one writer reserves what another ships: one of them goes without': 'store',
  },
  'test/rules/returns.test.ts': {
    'R81 of many that bring back the last unit at once, one does': 'store',
  },
  'test/rules/same-command.test.ts': {
    'R88 two clients post one key at once: one posting': 'store',
  },
  'test/rules/settling-random.test.ts': {
    'R73 R81 R84 R132 game 2: whatever was accepted holds together': 'store',
  },
  'test/rules/trace-bounded.test.ts': { '*': 'store' },
  'test/rules/trace-far.test.ts': { '*': 'store' },
  'test/rules/transfer-effects.test.ts': {
    'R77 R83 over a far store both sides of many lines take as few round trips as those of one': 'store',
  },
  'test/rules/transforms-far.test.ts': {
    'R89 R92 R91 R21 far away they come to the same as at hand': 'store',
    'R72 R92 of two merges that want the same lot one gets it, and the other hears why': 'store',
  },
  'test/rules/verify.test.ts': { '*': 'store' },
};
