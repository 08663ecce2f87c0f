/**
 * Version 1 of an entry, as 0.1 wrote it, turned into version 2: the facts got fields for what lots, serials
 * and postings can be since. What a version 1 entry did not say is what everything was then: no recall, no
 * counterpart, nothing reserved by a document. The defaults are written out here and never follow the model.
 */

type Fields = Readonly<Record<string, unknown>>;

const lotFields: Fields = { retestDate: null, removalDate: null, recall: null, blockRule: null };

const lineFields: Fields = { returns: null, returned: [], documents: [] };

const postingFields: Fields = {
  operation: null,
  counterpart: null,
  main: true,
  traced: true,
  corrects: null,
  count: null,
  unverified: false,
  fulfilled: [],
};

function posted(posting: Fields): Fields {
  const lines = (posting.lines as readonly Fields[]).map((line) => ({ ...lineFields, ...line }));
  return { ...postingFields, ...posting, lines };
}

/** A serial was reserved by an edit alone then; a new one never was. */
function serialOf({ reserved: _, ...serial }: Fields): Fields {
  return serial;
}

function factOf(fact: Fields): Fields {
  switch (fact.kind) {
    case 'lotCreated':
      return { ...fact, lot: { ...lotFields, ...(fact.lot as Fields) } };
    case 'serialCreated':
      return { ...fact, serial: serialOf(fact.serial as Fields) };
    case 'posted':
      return { ...fact, posting: posted(fact.posting as Fields) };
    case 'settings':
      return { ...fact, settings: { closedThrough: null, ...(fact.settings as Fields) } };
    default:
      return fact;
  }
}

/** An entry of version 1 as version 2 would have written it. */
export function fromVersion1(entry: Fields): Fields {
  return { ...entry, v: 2, facts: (entry.facts as readonly Fields[]).map(factOf) };
}
