/** `lotledger verify`: the proof, and where it fails. */
import { type Anchor, type Difference, openLedger } from '../core/index.ts';
import { atMost, type Given } from './options.ts';
import { onPlace } from './place.ts';
import { CommandError, misused } from './problems.ts';

/** A head as it is printed, and given back as an anchor: `812:sha256:…`. */
export const headLine = ({ seq, head }: Anchor): string => `${seq}:${head}`;

function anchorOf(text: string): Anchor {
  const [, seq, hex] = /^(\d{1,15}):(?:sha256:)?([0-9a-f]{64})$/.exec(text.trim()) ?? [];
  if (seq === undefined) throw misused('--anchor takes a head as verify prints it, 812:sha256:….');
  return { seq: Number(seq), head: `sha256:${hex}` };
}

function differenceLine({ kind, seq, collection, key }: Difference): string {
  const at = seq === undefined ? '' : ` ${seq}`;
  switch (kind) {
    case 'chain':
      return `the chain is broken at entry${at}`;
    case 'entry':
      return `entry${at} is not what was written`;
    case 'head':
      return `the head${at} is not where the journal ends`;
    case 'anchor':
      return `the journal did not have this head at entry${at}`;
    case 'index':
      return `what ${collection} ${key} is found by is not what its record says`;
    case 'record':
      return `${collection}${key === undefined ? '' : ` ${key}`} is not what the journal makes of it`;
  }
}

/** Answers what the program ends with. */
export async function verify(given: Given): Promise<number> {
  atMost(given, 0);
  const text = given.text('anchor');
  const anchor = text === undefined ? undefined : anchorOf(text);
  const timeZone = given.text('time-zone');
  return onPlace(given, { make: false }, async (place) => {
    const ledger = await openLedger(place.store(), timeZone === undefined ? {} : { timeZone });
    try {
      // a wrong name would else be found in order, night after night
      if (ledger.status().seq === 0)
        throw new CommandError('This ledger is empty: there is nothing to verify.');
      const found = await ledger.verify(anchor === undefined ? {} : { anchor });
      if (found.ok)
        console.log(
          `ok\nentries ${found.entries}\nhead ${headLine({ seq: found.entries, head: found.head })}`,
        );
      else console.log(`not ok: ${differenceLine(found.at)}\n${JSON.stringify(found.at)}`);
      return found.ok ? 0 : 1;
    } finally {
      await ledger.close();
    }
  });
}
