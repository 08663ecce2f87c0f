/**
 * Stands in for the worlds of the rule tests: the same code sets them up, in the server process itself, so that
 * thousands of requests are saved; what the tests then do goes through `rest`.
 */
import {
  dairy as dairyHere,
  electronics as electronicsHere,
  emptyWorld as emptyWorldHere,
  pharma as pharmaHere,
  type World,
  type WorldOptions,
  worldOver,
  worldParts,
} from '../rules/world.ts';
import { canTravel, openThere } from './core.ts';
import type { WorldName } from './process-words.ts';

export * from '../rules/world.ts';

type SetUp = (options?: WorldOptions) => Promise<World>;

const there =
  (world: WorldName, here: SetUp): SetUp =>
  async (given = {}) => {
    if (given.store !== undefined || !canTravel(given)) return here(given);
    const { clock, store, settings, options } = worldParts(given);
    const made = { world, ...(settings === undefined ? {} : { settings }) };
    return worldOver(await openThere(store, options, made), clock, store);
  };

export const emptyWorld: SetUp = there('emptyWorld', emptyWorldHere);
export const dairy: SetUp = there('dairy', dairyHere);
export const electronics: SetUp = there('electronics', electronicsHere);
export const pharma: SetUp = there('pharma', pharmaHere);
