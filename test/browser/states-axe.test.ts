/**
 * Every element in every state, light, dark, in forced colours, right-to-left and compact: the state comes
 * about, axe finds nothing, ids lead somewhere, events carry plain data, the policy is kept. One page per
 * element; the look changes in place.
 */
import { expect, it } from 'vitest';
import { browserTests } from './harness/index.ts';
import { allStates, findings, lookAt, looks, statesPage, unexpected } from './states-kit.ts';

const only = process.env.LOTLEDGER_STATES?.split(',');
const chosen = allStates.filter(({ tag }) => only === undefined || only.includes(tag));

browserTests('states', () => {
  it.concurrent.each(chosen)(
    'convention 51: axe finds nothing on $tag in any state and any look',
    { timeout: 600_000 },
    async ({ tag, states }) => {
      const opened = await statesPage();
      const found: string[] = [];
      const note = (where: string, problems: readonly string[]): void => {
        found.push(...problems.map((problem) => `${where}: ${problem}`));
      };
      for (const { name } of states) {
        const started = performance.now();
        await opened.call('look', {});
        const failed = await opened.call('show', tag, name).then(() => '', String);
        const fault = failed || (await opened.call<string>('holds', tag, name));
        note(`${name} does not come about`, fault === '' ? [] : [fault]);
        for (const look of looks) {
          await lookAt(opened, look);
          note(`${name}, ${look.name}`, await findings(opened));
        }
        note(`${name}, references (convention 50)`, await opened.call<string[]>('lost'));
        const events = await opened.call<{ name: string; plain: boolean }[]>('events');
        note(
          `${name}, details (convention 25)`,
          events.filter(({ plain }) => !plain).map(({ name: of }) => of),
        );
        if (process.env.LOTLEDGER_TIMES) console.log(tag, name, Math.round(performance.now() - started));
      }
      note('policy (convention 43)', await opened.call<string[]>('violations'));
      note('console', unexpected(opened));
      await opened.close();
      expect(found).toEqual([]);
    },
  );
});
