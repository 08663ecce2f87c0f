/**
 * Lots and serials made, changed and deleted in Aureus. It neither keeps codes unique nor tells a request
 * from its repetition, so both is done here as well as it can be from outside: a code is looked for before it is written and again after,
 * and whatever lost its answer is looked for before it is sent again.
 */
import { codeKey, LedgerError } from '../../../core/index.ts';
import type { Attempt } from './attempts.ts';
import type { Catalogue, Product } from './catalogue.ts';
import type { Http } from './http.ts';
import type { Creation, Edit, Texts } from './input.ts';
import type { Row } from './pages.ts';
import type { Reading } from './reading.ts';
import { versionOf } from './records.ts';
import { idText, type Kind, relation, textOr, trackings, words } from './shapes.ts';
import { htmlOfText, isFormatted, textOfHtml } from './texts.ts';

/** A text as it stands in a record. */
const textsIn = (row: Row): Required<Texts> => ({
  code: textOr(row.name),
  reference: textOr(row.reference),
  description: textOfHtml(row.description),
});

const has = (row: Row, texts: Texts): boolean => {
  const there = textsIn(row);
  return Object.entries(texts).every(([name, text]) => there[name as keyof Texts] === text);
};

/** Texts under the names of Aureus. */
function bodyOf({ code, reference, description }: Texts): Record<string, string | null> {
  return {
    ...(code === undefined ? {} : { name: code }),
    ...(reference === undefined ? {} : { reference }),
    ...(description === undefined
      ? {}
      : { description: description === null ? null : htmlOfText(description) }),
  };
}

/** No answer came, or none of Aureus: it may have been done. */
const isUnanswered = (error: unknown): boolean =>
  error instanceof LedgerError && (error.code === 'store.unavailable' || error.code === 'store.closed');

const byAge = (a: Row, b: Row): number => Number(a.id) - Number(b.id);

export class Writing {
  readonly #http: Http;
  readonly #reading: Reading;
  readonly #catalogue: Catalogue;

  constructor(parts: { http: Http; reading: Reading; catalogue: Catalogue }) {
    this.#http = parts.http;
    this.#reading = parts.reading;
    this.#catalogue = parts.catalogue;
  }

  async #product(kind: Kind, item: string): Promise<Product> {
    const product = (await this.#catalogue.read(/^\d+$/.test(item) ? [item] : [])).get(item);
    if (product === undefined)
      throw new LedgerError('item.notFound', { path: 'item', details: { code: item } });
    if (product.tracking === trackings[kind]) return product;
    const code = kind === 'lots' ? 'item.notLotManaged' : 'item.notSerialManaged';
    throw new LedgerError(code, { path: 'item', details: { item } });
  }

  /** All of that code, the oldest first. */
  async #named(code: string, item: string): Promise<Row[]> {
    return (await this.#reading.named(code, [item])).sort(byAge);
  }

  #taken(kind: Kind, code: string, details: Readonly<Record<string, unknown>>): LedgerError {
    return new LedgerError(`${words[kind]}.duplicate`, { path: 'code', details: { code, ...details } });
  }

  /** A request that changes something; what lost its answer is in doubt from then on. */
  async #change(
    attempt: Attempt,
    send: () => Promise<Readonly<Record<string, unknown>>>,
  ): Promise<Row | undefined> {
    try {
      const { data } = await send();
      return (data ?? {}) as Row;
    } catch (error) {
      if (!isUnanswered(error)) throw error;
      attempt.doubt = true;
      return undefined;
    }
  }

  /** What has no answer now will perhaps be found by the next try. */
  #unknown(): LedgerError {
    return new LedgerError('store.unknown');
  }

  /** Makes a lot or serial; the answer is its id. */
  async create(kind: Kind, creation: Creation, attempt: Attempt): Promise<string> {
    const { code, texts } = creation;
    const { id: item } = await this.#product(kind, creation.item);
    if (attempt.made !== undefined) return this.#onlyOne(kind, { item, code, texts }, attempt.made, attempt);
    const [there] = await this.#named(code, item);
    if (there !== undefined) {
      if (attempt.doubt && has(there, texts)) return idText(there.id);
      throw this.#taken(kind, code, { id: idText(there.id) });
    }
    const body = { ...bodyOf(texts), product_id: Number(item) };
    const action = `${words[kind]}.create`;
    const row = await this.#change(attempt, () => this.#http.send('POST', '/lots', { action, body }));
    if (row === undefined || idText(row.id) === '') {
      const [found] = await this.#named(code, item).catch((): Row[] => []);
      if (found === undefined || !has(found, texts)) throw this.#unknown();
      return idText(found.id);
    }
    attempt.made = idText(row.id);
    return this.#onlyOne(kind, { item, code, texts }, attempt.made, attempt);
  }

  /** Looks again: of two that were made at once the older one stays, and the other one is taken away. */
  async #onlyOne(
    kind: Kind,
    { item, code, texts }: Creation,
    made: string,
    attempt: Attempt,
  ): Promise<string> {
    const all = await this.#named(code, item).catch((error) => {
      throw isUnanswered(error) ? this.#unknown() : error;
    });
    const [oldest] = all;
    if (oldest === undefined || idText(oldest.id) === made) return made;
    const action = `${words[kind]}.delete`;
    const removed = await this.#http.send('DELETE', `/lots/${made}`, { action }).then(
      () => true,
      () => false,
    );
    const id = idText(oldest.id);
    // the older one may be the first try of this very command, come late
    if (removed && attempt.doubt && has(oldest, texts)) return id;
    throw this.#taken(kind, code, removed ? { id, removed } : { id, removed, left: made });
  }

  #checkVersion(row: Row, version: number | undefined): void {
    const now = versionOf(row);
    if (version === undefined || version === now) return;
    throw new LedgerError('concurrency.stale', { details: { version: now } });
  }

  /** Changes code, reference, description. */
  async update(kind: Kind, { id, patch, version }: Edit, attempt: Attempt): Promise<string> {
    const { row } = await this.#reading.raw(kind, id);
    if (has(row, patch)) return id;
    this.#checkVersion(row, version);
    const now = textsIn(row);
    const changed = Object.fromEntries(
      Object.entries(patch).filter(([name, text]) => now[name as keyof Texts] !== text),
    ) as Texts;
    if (changed.description !== undefined && isFormatted(row.description)) {
      const what = 'a description with bold text, lists or links; change it in AureusERP';
      throw new LedgerError('command.unsupported', { path: 'description', details: { what } });
    }
    const item = idText(relation(row, 'product')?.id);
    const others = () => this.#others(changed.code, now.code, { item, id });
    const [taken] = await others();
    if (taken !== undefined) throw this.#taken(kind, changed.code ?? '', { id: idText(taken.id) });
    await this.#patch(kind, id, changed, attempt);
    const [older] = (await others()).filter((each) => byAge(each, row) < 0);
    if (older === undefined) return id;
    const restored = await this.#patch(kind, id, { code: now.code }, attempt).then(
      () => true,
      () => false,
    );
    throw this.#taken(kind, changed.code ?? '', { id: idText(older.id), restored });
  }

  /** The other lots that have a code it is given; none where only its spelling changes. */
  async #others(
    code: string | null | undefined,
    before: string | null,
    { item, id }: { item: string; id: string },
  ): Promise<Row[]> {
    if (!code || codeKey(code) === codeKey(before ?? '')) return [];
    return (await this.#named(code, item)).filter((row) => idText(row.id) !== id);
  }

  async #patch(kind: Kind, id: string, texts: Texts, attempt: Attempt): Promise<void> {
    const missing = { code: `${words[kind]}.notFound`, details: { id } } as const;
    const message = { action: `${words[kind]}.edit`, body: bodyOf(texts), missing };
    const row = await this.#change(attempt, () => this.#http.send('PATCH', `/lots/${id}`, message));
    if (row !== undefined) return;
    const now = await this.#reading.raw(kind, id).catch(() => undefined);
    if (now === undefined || !has(now.row, texts)) throw this.#unknown();
  }

  /** Deletes what nothing refers to: Aureus would blank the lot on its own history. */
  async remove(kind: Kind, { id, version }: Omit<Edit, 'patch'>, attempt: Attempt): Promise<string> {
    const code = `${words[kind]}.notFound` as const;
    const isGone = (error: unknown): boolean => error instanceof LedgerError && error.code === code;
    try {
      const { row } = await this.#reading.raw(kind, id);
      this.#checkVersion(row, version);
    } catch (error) {
      if (attempt.doubt && isGone(error)) return id;
      throw error;
    }
    if (await this.#reading.isReferenced(id)) {
      throw new LedgerError(`${words[kind]}.referenced`, { details: { id } });
    }
    const message = { action: `${words[kind]}.delete`, missing: { code, details: { id } } };
    const done = await this.#change(attempt, () => this.#http.send('DELETE', `/lots/${id}`, message));
    if (done !== undefined) return id;
    const gone = await this.#reading.raw(kind, id).then(() => false, isGone);
    if (!gone) throw this.#unknown();
    return id;
  }
}
