/**
 * What is told of a command or a question is what the ledger takes: on arguments made from the schemas, good
 * and spoilt, the schema and the ledger agree. Where a rule hangs on several members at once the ledger may
 * refuse more, and by these codes alone.
 */
import { beforeAll, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { memory } from '../../src/adapters/stores/memory/index.ts';
import { masterCommands } from '../../src/core/commands/index.ts';
import { postingCommands } from '../../src/core/commands/posting/index.ts';
import { type Contract, commandContracts, queryContracts } from '../../src/core/contract.ts';
import { isLedgerError, type Ledger, openLedger } from '../../src/core/index.ts';
import { limits } from '../../src/core/model/schema.ts';
import { canonicalText } from '../../src/core/rules/fingerprint.ts';
import { Shapes } from './shapes.ts';

const seed = Math.floor(Math.random() * 2 ** 31);
const ROUNDS = 120;

let ledger: Ledger;
beforeAll(async () => {
  ledger = await openLedger(memory(), { actor: 'maria', timeZone: 'UTC' });
});

const definitions = new Map([...masterCommands, ...postingCommands].map((each) => [each.name, each]));

/** Why a command is refused for its shape, or undefined. */
function refusedCommand(name: string, args: unknown): string | undefined {
  try {
    definitions.get(name)?.parse(args);
    return undefined;
  } catch (error) {
    if (isLedgerError(error)) return error.code;
    throw error;
  }
}

/** Why a question is refused for its shape; what an empty ledger does not know is no matter of shape. */
async function refusedQuery(name: string, args: unknown): Promise<string | undefined> {
  try {
    await ledger.port.query(name, args);
    return undefined;
  } catch (error) {
    if (!isLedgerError(error)) throw error;
    return error.kind === 'missing' || error.kind === 'rejected' ? undefined : error.code;
  }
}

/** What no schema says: other members decide, or what JSON as such may be. */
const beyond =
  /^(query\.unsupported|field\.repeated|cursor\.invalid|limit\.\w+|field\.characters|quantity\.precision)$/;

/** The filter of the field whose values are asked for is left out, whatever it says. */
function withoutOwn(name: string, args: unknown): unknown {
  const { field, filter } = (args ?? {}) as { field?: string; filter?: object };
  if (!name.endsWith('.values') || field === undefined || typeof filter !== 'object') return args;
  const others = Object.entries(filter ?? {}).filter(([each]) => each !== field);
  return { ...(args as object), filter: Object.fromEntries(others) };
}

/** Whether it passes the gate of every input: plain JSON, without names that mean something to the language. */
function isPlain(args: unknown): boolean {
  try {
    canonicalText(args, limits);
    return true;
  } catch {
    return false;
  }
}

/** What is told of a failure. */
const told = (what: object): string => JSON.stringify({ seed, ...what });

async function agree(
  contract: Contract,
  refused: (name: string, args: unknown) => string | undefined | Promise<string | undefined>,
): Promise<{ taken: number; refused: number }> {
  const shapes = new Shapes(seed);
  const counts = { taken: 0, refused: 0 };
  for (let i = 0; i < ROUNDS; i++) {
    const good = shapes.good(contract.schema);
    const args = withoutOwn(contract.name, i % 2 === 0 ? good : shapes.spoilt(good));
    if (!isPlain(args)) continue;
    const code = await refused(contract.name, structuredClone(args));
    const taken = z.safeParse(contract.schema, args).success;
    if (code === undefined) counts.taken++;
    else counts.refused++;
    if (taken === (code === undefined)) continue;
    if (taken && code !== undefined && beyond.test(code)) continue;
    expect.fail(
      `${contract.name}: the schema ${taken ? 'takes' : 'refuses'}, the ledger says ${code}: ${told({ args })}`,
    );
  }
  return counts;
}

test('every command and every question of a ledger has a contract', () => {
  const { commands, queries } = ledger.capabilities;
  expect(commandContracts.map(({ name }) => name).sort()).toEqual(Object.keys(commands).sort());
  expect(queryContracts.map(({ name }) => name).sort()).toEqual(Object.keys(queries).sort());
});

test.each(commandContracts)('$name: what is told is what is taken', async (contract) => {
  const { taken, refused } = await agree(contract, refusedCommand);
  // the test looks at both sides
  expect(taken, told({})).toBeGreaterThan(0);
  expect(refused, told({})).toBeGreaterThan(0);
});

test.each(queryContracts)('$name: what is told is what is taken', async (contract) => {
  await agree(contract, refusedQuery);
});
