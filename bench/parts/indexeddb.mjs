/** IndexedDB, strict, in Chromium with a fresh profile each time: postings and an import, beside three others. */
import { inBrowser } from '../lib/browser.mjs';
import { isInstalled } from '../lib/contenders.mjs';
import { inTurns, median } from '../lib/measure.mjs';
import { absent, bytes, perSecond, time } from '../lib/report.mjs';

const names = {
  lotledger: { who: 'Lotledger' },
  idb: { who: 'raw idb, no rules' },
  dexie: { who: 'Dexie, no rules', needs: 'dexie' },
  rxdb: { who: 'RxDB on Dexie, no rules, not atomic', needs: 'rxdb' },
};
/** Postings that take each contender about as long: [64 callers, one caller]. */
const counts = { lotledger: [12_800, 300], idb: [640, 150], dexie: [640, 150], rxdb: [192, 60] };
const quickCounts = [64, 10];

const rate = ({ count, time: milliseconds }) => count / (milliseconds / 1e3);

/** One round of one contender: postings in one profile, the import in another. */
async function round(where, name, { lots, quick }) {
  const [many, one] = quick ? quickCounts : counts[name];
  const posting = await inBrowser(where, async ({ call }) => ({
    many: await call('post', name, many, 64),
    one: await call('post', name, one, 1),
  }));
  const imported = await inBrowser(where, async ({ call, disk }) => {
    const { time: taken } = await call('import', name, lots);
    return { taken, disk: await disk(), ...(await call('open', name)) };
  });
  const notes =
    name === 'lotledger'
      ? await inBrowser(where, ({ call }) => call('import', name, lots, 'importNotes'))
      : undefined;
  return { ...posting, imported, notes };
}

function summary(rounds) {
  const of = (read) => median(rounds.map(read));
  return {
    many: of(({ many }) => rate(many)),
    one: of(({ one }) => rate(one)),
    import: of(({ imported }) => imported.taken),
    notes: rounds[0].notes && of(({ notes }) => notes.time),
    held: of(({ imported }) => imported.held),
    open: of(({ imported }) => imported.opened + imported.paged),
    disk: of(({ imported }) => imported.disk),
  };
}

const versus = (times, least) => ({ times, goal: `≥ ${least} ×`, met: times >= least });

function postingRows(what, key, least, all) {
  return Object.entries(names).map(([name, { who }]) => {
    const own = all[name];
    if (!own) return absent(what, who);
    const row = { what, who, figure: perSecond(own[key]) };
    if (name === 'lotledger') return row;
    const times = all.lotledger[key] / own[key];
    return name === 'idb' ? { ...row, ...versus(times, least) } : { ...row, times };
  });
}

function importRows(what, all) {
  const stored = ({ held, open, disk }) => ({ memory: bytes(held), open: time(open), disk: bytes(disk) });
  const ours = all.lotledger;
  const rows = Object.entries(names).map(([name, { who }]) => {
    const own = all[name];
    if (!own) return absent(what, who);
    const row = { what, who, figure: time(own.import), ...stored(own) };
    if (name === 'lotledger') return { ...row, who: `${who}, one posting for each lot` };
    const times = own.import / ours.import;
    return name === 'idb' ? { ...row, ...versus(times, 20) } : { ...row, times };
  });
  const long = { what, who: 'Lotledger, 250 lots on each posting', figure: time(ours.notes) };
  return [rows[0], { ...long, times: ours.import / ours.notes }, ...rows.slice(1)];
}

/** @param {{ quick: boolean, where: { executable: string, url: string } }} options */
export async function measureIndexedDb({ quick, where }) {
  const lots = quick ? 100 : 10_000;
  const present = Object.keys(names).filter((name) => !names[name].needs || isInstalled(names[name].needs));
  const answers = await inTurns(present, quick ? 1 : 5, (name) => round(where, name, { lots, quick }));
  const all = Object.fromEntries([...answers].map(([name, rounds]) => [name, summary(rounds)]));
  return {
    rows: [
      ...postingRows('posting in IndexedDB, strict, 64 callers', 'many', 50, all),
      ...postingRows('posting in IndexedDB, strict, one caller', 'one', 2, all),
      ...importRows(`import of ${lots.toLocaleString('en')} lots into IndexedDB`, all),
    ],
    details: [],
  };
}
