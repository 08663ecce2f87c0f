/** What the tests of codes share: a code type with an item, and the code a load makes. */
import { type CodeType, emptyWorld, type World, type WorldOptions } from './world.ts';

export type Parts = CodeType['parts'];
export const number = (length: number, more: object = {}): Parts[number] => ({
  source: 'number',
  length,
  fill: '0',
  ...more,
});
export const text = (value: string): Parts[number] => ({ source: 'text', value });

/** A world with one code type T and an item A that uses it. */
export async function coded(
  parts: Parts,
  more: Partial<CodeType> = {},
  options: WorldOptions = {},
): Promise<World> {
  const world = await emptyWorld(options);
  await world.ledger.codeTypes.create({ code: 'T', kind: 'lot', parts, ...more });
  await world.ledger.items.create({ code: 'A', unit: { code: 'PCE', decimals: 0 }, lots: { codeType: 'T' } });
  return world;
}

/** Loads one piece with an automatic lot and answers its code. */
export async function made(
  world: World,
  item = 'A',
  more: object = {},
  line: object = {},
): Promise<string | undefined> {
  const posting = await world.post('LOA', { item, quantity: '1', lots: 'auto', ...line }, more);
  return posting.lines[0]?.lots[0]?.code;
}
