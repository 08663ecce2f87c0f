/**
 * Runs commands against a ledger and the model side by side. After each command the outcome and the code
 * are compared; every so often everything: lots with their stock, serials, sums of movements, verify.
 * No Node imports: the same file runs in a page over IndexedDB.
 */
import {
  isLedgerError,
  type Ledger,
  type LedgerError,
  type OpenLedgerOptions,
  openLedger,
  type StoreAdapter,
} from '../../src/core/index.ts';
import { Chance } from './chance.ts';
import { compareAll } from './compare.ts';
import { nextCommand } from './generator.ts';
import { makeWorld } from './make-world.ts';
import { Model } from './model.ts';
import { planOf, send } from './send.ts';
import { setUp } from './set-up.ts';
import type { PostResult } from './verdict.ts';
import type { Command, PostPlan } from './world.ts';

export interface JudgeOptions {
  readonly adapter: StoreAdapter;
  readonly seed: number;
  readonly commands: number;
  /** Everything is compared after so many commands; twenty times in a long run unless said. */
  readonly every?: number;
  readonly onProgress?: (done: number) => void;
}

/** What a run came to. It throws at the first disagreement, naming the seed and the command. */
export interface Judged {
  readonly seed: number;
  readonly commands: number;
  readonly accepted: number;
  readonly refused: number;
  readonly lots: number;
  readonly serials: number;
  readonly postings: number;
  /** How often each code was the answer. */
  readonly codes: Readonly<Record<string, number>>;
}

/** The most commands of one game: a longer run is several, each with its own seed, settings and ledger. */
const GAME = 25_000;

/** Plays as many games as it takes, the first with the seed that is given. */
export async function judgeGames(
  options: Omit<JudgeOptions, 'adapter'> & { readonly adapter: () => StoreAdapter },
): Promise<Judged> {
  let all: Judged | undefined;
  for (let game = 0; (all?.commands ?? 0) < options.commands; game++) {
    const commands = Math.min(GAME, options.commands - (all?.commands ?? 0));
    const seed = options.seed + game;
    const every = Math.ceil(commands / (options.commands > GAME ? 2 : 5));
    const one = await judge({ every, ...options, adapter: options.adapter(), seed, commands });
    all = all ? added(all, one) : one;
  }
  if (!all) throw new Error('no commands to judge');
  return all;
}

function added(all: Judged, one: Judged): Judged {
  const codes = { ...all.codes };
  for (const [code, times] of Object.entries(one.codes)) codes[code] = (codes[code] ?? 0) + times;
  return {
    seed: all.seed,
    commands: all.commands + one.commands,
    accepted: all.accepted + one.accepted,
    refused: all.refused + one.refused,
    lots: all.lots + one.lots,
    serials: all.serials + one.serials,
    postings: all.postings + one.postings,
    codes,
  };
}

/** Plays a whole game. */
export async function judge(options: JudgeOptions): Promise<Judged> {
  const { seed, commands, every = Math.max(500, Math.ceil(commands / 20)) } = options;
  const chance = new Chance(seed);
  const world = makeWorld({
    codeScope: chance.pick(['item', 'ledger']),
    duplicateRows: chance.pick(['merge', 'refuse']),
    sellableBlocks: chance.pick(['sale', 'all']),
    allowExistingSerial: chance.oneIn(2),
    openFrom: '2026-02-01',
  });
  const model = new Model(world);
  const now = (): Date => new Date(`${model.today}T10:00:00Z`);
  const open: OpenLedgerOptions = { actor: 'judge', timeZone: 'UTC', now };
  let ledger = await openLedger(options.adapter, open);
  await setUp(ledger, world);
  const log: Command[] = [];
  const codes: Record<string, number> = {};
  let accepted = 0;
  for (let n = 0; n < commands; n++) {
    const command = nextCommand(model, chance, n, log);
    const where = `judge: seed ${seed}, command ${n}`;
    const about = `${JSON.stringify(command)}\nsettings ${JSON.stringify(world.settings)}`;
    const fail = (what: string): Error => new Error(`${where}: ${what}\n${about}`);
    const isNew = command.do === 'post' && command.plan.commandId === `c${n}` && !command.plan.key;
    const code = await step(ledger, model, command, isNew && n % 10 === 0, fail);
    if (code === null) accepted++;
    else codes[code] = (codes[code] ?? 0) + 1;
    log.push(command);
    if ((n + 1) % every === 0 || n + 1 === commands) {
      const wrong = await compareAll(ledger, model);
      if (wrong) throw fail(`after it, ${wrong}`);
      await ledger.close();
      ledger = await openLedger(options.adapter, open);
      options.onProgress?.(n + 1);
    }
  }
  const wrong = await compareAll(ledger, model);
  if (wrong) throw new Error(`judge: seed ${seed}, opened again: ${wrong}`);
  await ledger.close();
  const { lots, serials, postings } = model;
  const counts = { lots: lots.length, serials: serials.length, postings: postings.length };
  return { seed, commands, accepted, refused: commands - accepted, ...counts, codes };
}

type Fail = (what: string) => Error;

/** One command on both sides, now and then previewed first; the code of its refusal, or null. */
async function step(
  ledger: Ledger,
  model: Model,
  command: Command,
  previewed: boolean,
  fail: Fail,
): Promise<string | null> {
  const verdict = model.judge(command);
  const before = ledger.status().seq;
  const preview =
    previewed && command.do === 'post'
      ? await attempt(() => tryOut(ledger, planOf(command.plan, model) as PostPlan))
      : null;
  const { result, error } = await attempt(() => send(ledger, model, command));
  if (preview && preview.error?.code !== error?.code) {
    throw fail(`preview says ${preview.error?.code ?? 'yes'}, the posting ${error?.code ?? 'yes'}`);
  }
  if (preview && shownIn(preview.result) !== shownIn(result))
    throw fail('the preview shows other lots or serials');
  if (error) {
    if (verdict.ok) throw fail(`refused with ${error.message}; nothing is wrong with it`);
    if (!verdict.codes.includes(error.code))
      throw fail(`refused with ${error.message}, not ${verdict.codes}`);
    const invalid = error.kind === 'invalid';
    if (invalid === verdict.receipt) throw fail(`${error.code} is of kind ${error.kind}`);
    if (ledger.status().seq !== before) throw fail('a refusal wrote an entry');
    return error.code;
  }
  if (!verdict.ok) throw fail(`accepted, but ${verdict.codes}`);
  const wrong = verdict.settle(result);
  if (wrong) throw fail(`accepted, but ${wrong}`);
  return null;
}

interface Attempt {
  readonly result?: PostResult | undefined;
  readonly error?: LedgerError;
}

async function attempt(act: () => Promise<PostResult | undefined>): Promise<Attempt> {
  try {
    return { result: await act() };
  } catch (error) {
    if (isLedgerError(error)) return { error };
    throw error;
  }
}

const tryOut = (ledger: Ledger, plan: PostPlan): Promise<PostResult> =>
  ledger.postings.preview(plan as never) as unknown as Promise<PostResult>;

/** What a preview and its posting must agree in. */
const shownIn = (posting: PostResult | undefined): string =>
  JSON.stringify(
    posting?.lines.map(({ lots, serials }) => [
      lots.map((row) => [row.code, row.quantity, row.location]),
      serials.map((row) => [row.code, row.location]),
    ]),
  );
