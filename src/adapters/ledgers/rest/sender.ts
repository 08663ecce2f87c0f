/**
 * Sends commands: those of one turn, and those that came while an earlier call was under way, travel together,
 * in their order. A call that is answered by nobody is sent again under the same ids.
 */
import { type Command, isLedgerError, LedgerError, type Receipt } from '../../../core/index.ts';
import { MOST_COMMANDS, portPaths } from '../../../wire/index.ts';
import type { Line } from './line.ts';
import { jsonOf } from './plain.ts';
import { receiptsIn } from './problems.ts';

/** A command as it travels. */
interface Packed {
  readonly id: string;
  readonly text: string;
}

interface Unit {
  readonly commands: readonly Packed[];
  readonly atomic: boolean;
  /** Until when it is tried. */
  readonly until: number;
  readonly resolve: (receipts: Receipt[]) => void;
  readonly reject: (error: unknown) => void;
}

/** A command with its JSON, or the receipt that refuses it before it is sent. */
function packed(command: Command): Packed | Receipt {
  try {
    // what is wrong with the arguments stands at the path the engine would name
    jsonOf(command.args);
    return { id: command.id, text: jsonOf(command) ?? 'null' };
  } catch (error) {
    if (!isLedgerError(error)) throw error;
    return { outcome: 'refused', id: command.id, problem: error.toJSON() };
  }
}

const isPacked = (packed: Packed | Receipt): packed is Packed => 'text' in packed;

function* pieces<T>(list: readonly T[], size: number): Generator<T[]> {
  for (let i = 0; i < list.length; i += size) yield list.slice(i, i + size);
}

/** Kinds of refusals that one command may bring upon those that travel with it. */
const ONES = /^(invalid|limit|unsupported|rejected|mismatch)$/;

/** Whether a refusal may be one command's fault among others. */
const mayBeOnes = (error: unknown): boolean =>
  isLedgerError(error) && error.retry !== 'same-id' && ONES.test(error.kind);

const isTooLarge = (error: unknown): boolean => isLedgerError(error) && error.code === 'limit.size';

/**
 * What became of some of several commands: what refused them for good is the answer of each, since others may
 * have been written and must be told so.
 */
async function answered(commands: readonly Packed[], call: Promise<Receipt[]>): Promise<Receipt[]> {
  try {
    return await call;
  } catch (error) {
    if (!isLedgerError(error) || error.retry === 'same-id') throw error;
    return commands.map(({ id }) => ({ outcome: 'refused', id, problem: error.toJSON() }));
  }
}

/** The commands of one port on their way. */
export class Sender {
  readonly #line: Line;
  readonly #patience: number;
  #queue: Unit[] = [];
  #sending: Promise<void> | undefined;

  /** @param patience milliseconds during which commands are tried */
  constructor(line: Line, patience: number) {
    this.#line = line;
    this.#patience = patience;
  }

  /** Resolves when nothing is on its way. */
  get idle(): Promise<void> {
    return this.#sending ?? Promise.resolve();
  }

  /** @throws LedgerError limit.size for a group that is larger than one call, and what `Line.call` throws */
  async execute(commands: readonly Command[], atomic: boolean): Promise<Receipt[]> {
    const all = commands.map(packed);
    const good = all.filter(isPacked);
    if (atomic) this.#mustTravelTogether(all);
    if (good.length === 0) return all as Receipt[];
    const calls = [...pieces(good, MOST_COMMANDS)];
    const [only] = calls;
    const receipts =
      calls.length === 1 && only !== undefined
        ? await this.#enqueue(only, atomic)
        : (await Promise.all(calls.map((call) => answered(call, this.#enqueue(call, false))))).flat();
    return all.map((each) => (isPacked(each) ? (receipts.shift() as Receipt) : each));
  }

  #mustTravelTogether(all: readonly (Packed | Receipt)[]): void {
    if (all.length > MOST_COMMANDS) {
      throw new LedgerError('limit.lines', { path: 'commands', details: { max: MOST_COMMANDS } });
    }
    const wrong = all.find((each) => !isPacked(each));
    if (wrong !== undefined && 'problem' in wrong) throw LedgerError.from(wrong.problem);
  }

  #enqueue(commands: readonly Packed[], atomic: boolean): Promise<Receipt[]> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ commands, atomic, until: Date.now() + this.#patience, resolve, reject });
      this.#sending ??= this.#send();
    });
  }

  async #send(): Promise<void> {
    // callers of this same turn come along
    await Promise.resolve();
    while (this.#queue.length > 0) await this.#deliver(this.#next());
    this.#sending = undefined;
  }

  /** The next call: an atomic group alone, else as many as it takes. */
  #next(): Unit[] {
    let count = 0;
    let units = 0;
    for (const unit of this.#queue) {
      count += unit.commands.length;
      if (units > 0 && (unit.atomic || count > MOST_COMMANDS)) break;
      units++;
      if (unit.atomic) break;
    }
    return this.#queue.splice(0, units);
  }

  async #deliver(units: readonly Unit[]): Promise<void> {
    const commands = units.flatMap((unit) => unit.commands);
    const [first] = units;
    try {
      const receipts = await this.#post(commands, first?.atomic === true, first?.until ?? 0);
      for (const unit of units) unit.resolve(receipts.splice(0, unit.commands.length));
    } catch (error) {
      if (units.length > 1 && mayBeOnes(error)) {
        for (const unit of units) await this.#deliver([unit]);
        return;
      }
      for (const unit of units) unit.reject(error);
    }
  }

  /** One call, or several where the server takes less at a time. */
  async #post(commands: readonly Packed[], atomic: boolean, until: number): Promise<Receipt[]> {
    const ids = commands.map(({ id }) => id);
    const texts = commands.map(({ text }) => text).join(',');
    try {
      return await this.#line.call({
        method: 'POST',
        path: portPaths.commands,
        body: `{"commands":[${texts}]${atomic ? ',"atomic":true' : ''}}`,
        patience: until - Date.now(),
        writes: true,
        read: (body) => receiptsIn(body, ids),
      });
    } catch (error) {
      if (!isTooLarge(error) || atomic || commands.length < 2) throw error;
      const half = Math.ceil(commands.length / 2);
      const parts = [commands.slice(0, half), commands.slice(half)];
      const receipts: Receipt[] = [];
      for (const part of parts) receipts.push(...(await answered(part, this.#post(part, false, until))));
      return receipts;
    }
  }
}
