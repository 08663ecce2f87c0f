/** The judge over IndexedDB, in a page: plays one game and answers what it came to, or what was wrong. */
import { indexedDb } from '../../../src/adapters/stores/indexeddb/index.ts';
import { type Judged, judge } from '../../judge/run.ts';

Object.assign(window, {
  tests: {
    async judge(seed: number, commands: number): Promise<Judged | string> {
      try {
        return await judge({ adapter: indexedDb(`judge-${seed}`), seed, commands });
      } catch (error) {
        return String(error);
      }
    },
  },
});
