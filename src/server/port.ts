/** The paths of the port that are answered at once: capabilities, commands, questions by name, head, verify. */
import type { Anchor } from '../core/index.ts';
import { LedgerError } from '../core/index.ts';
import { type CapabilitiesBody, type ReceiptsBody, type ResultBody, WIRE_VERSION } from '../wire/index.ts';
import type { Acting } from './acting.ts';
import { type Answer, ok } from './answers.ts';
import { commandsOf } from './envelope.ts';
import { faultOf, toldReceipt } from './faults.ts';
import { type Fields, isFields } from './parameters.ts';
import type { Exchange } from './resources.ts';
import { VERSION } from './version.ts';

/** What the ledger can do, and as whom the server knows the one who asks. */
export async function capabilities(acting: Acting): Promise<Answer> {
  const { ledger, caller } = acting;
  return ok({
    wire: WIRE_VERSION,
    version: VERSION,
    capabilities: ledger.capabilities,
    status: ledger.status(),
    actor: caller.actor,
    feed: await acting.feedName(),
    verify: await acting.may({ kind: 'verify' }),
  } satisfies CapabilitiesBody);
}

/** Commands, one receipt for each; `fault` hears of what went wrong below. */
export async function commands(
  { body }: Exchange,
  acting: Acting,
  { max, fault }: { readonly max: number; readonly fault: (error: unknown) => void },
): Promise<Answer> {
  const { commands: sent, atomic } = commandsOf(await body(), max);
  const receipts = await acting.execute(sent, atomic);
  for (const error of receipts.map(faultOf)) if (error !== undefined) fault(error);
  return ok({ receipts: receipts.map(toldReceipt) } satisfies ReceiptsBody);
}

/** One question by its name. */
export async function query({ params, body }: Exchange, acting: Acting): Promise<Answer> {
  const name = params.get('name') as string;
  const result = await acting.ask(name, await body());
  return ok((result === undefined ? {} : { result }) satisfies ResultBody);
}

/** The head of the journal. */
export async function head(acting: Acting): Promise<Answer> {
  await acting.mustMay({ kind: 'head' });
  return ok(await acting.ledger.head());
}

function anchorOf({ anchor, ...others }: Fields): Anchor | undefined {
  const [unknown] = Object.keys(others);
  if (unknown !== undefined)
    throw new LedgerError('field.unknown', { path: unknown, details: { name: unknown } });
  if (anchor === undefined || anchor === null) return undefined;
  const good = isFields(anchor) && Number.isSafeInteger(anchor.seq) && typeof anchor.head === 'string';
  if (!good) throw new LedgerError('field.type', { path: 'anchor', details: { expected: '{seq, head}' } });
  return { seq: anchor.seq as number, head: anchor.head as string };
}

/** Proves the journal and what is folded from it. */
export async function verify({ body }: Exchange, acting: Acting): Promise<Answer> {
  await acting.mustMay({ kind: 'verify' });
  const said = (await body()) ?? {};
  if (!isFields(said)) throw new LedgerError('field.type', { details: { expected: 'object' } });
  const anchor = anchorOf(said);
  return ok(await acting.ledger.verify(anchor === undefined ? {} : { anchor }));
}
