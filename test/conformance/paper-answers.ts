/** Paper stores that answer questions a little wrong, and the kit has to notice it. */
import type { FindOptions, FindPage, Scalar, SyncSnapshot } from '../../src/core/adapter-kit.ts';
import type { Flaw } from './paper-harness.ts';

type Find = (options: FindOptions, collection: string) => FindPage;

/** What a flaw makes of the answers; nothing where it is about something else. */
function wrongly(set: SyncSnapshot, flaw: Flaw | undefined): Partial<SyncSnapshot> {
  const finding = (find: Find): Partial<SyncSnapshot> => ({
    find: (collection, options) => find(options, collection),
  });
  const ask = (collection: string, options: FindOptions) => set.find(collection, options);
  switch (flaw) {
    case 'counts only the page':
      return finding((options, collection) => {
        const page = ask(collection, options);
        return page.total === undefined ? page : { ...page, total: page.records.length };
      });
    case 'goes on at the wrong record':
      return finding(({ after, ...rest }, collection) =>
        ask(collection, after === undefined || after.includes(null) ? rest : { ...rest, after }),
      );
    case 'goes on by counting':
      return finding(byCounting(ask));
    case 'forgets further orders':
      return finding(({ then: _, ...rest }, collection) => ask(collection, rest));
    case 'leaves out one too few':
      return finding(({ skip, ...rest }, collection) =>
        ask(collection, skip === undefined ? rest : { ...rest, skip: Math.max(0, skip - 1) }),
      );
    case 'keeps quiet about a capped count':
      return finding((options, collection) => {
        const { capped: _, ...page } = ask(collection, options);
        return page;
      });
    case 'sums in plain numbers':
      return {
        aggregate: (...asked) => {
          const page = set.aggregate(...asked);
          const groups = page.groups.map((group) => ({
            ...group,
            sums: group.sums.map((sum) => BigInt(Number(sum)).toString()),
          }));
          return { ...page, groups };
        },
      };
    case 'has an empty group':
      return {
        aggregate: (...asked) => {
          const page = set.aggregate(...asked);
          const { groupBy, sums = [] } = asked[1];
          const none = { key: [], count: 0, sums: sums.map(() => '0') };
          return groupBy.length === 0 && page.groups.length === 0 ? { groups: [none] } : page;
        },
      };
    default:
      return {};
  }
}

/** Takes a position for a number of records to leave out. */
function byCounting(ask: (collection: string, options: FindOptions) => FindPage): Find {
  const places = new Map<string, number>();
  const nameOf = (collection: string, position: readonly Scalar[], { order, reverse, then }: FindOptions) =>
    JSON.stringify([collection, position, order, reverse, then]);
  return ({ after, ...rest }, collection) => {
    const skip = after && places.get(nameOf(collection, after, rest));
    const page = ask(
      collection,
      skip === undefined ? { ...rest, ...(after ? { after } : {}) } : { ...rest, skip },
    );
    if (page.next) {
      const begun = skip ?? rest.skip ?? 0;
      places.set(nameOf(collection, page.next, rest), begun + page.records.length);
    }
    return page;
  };
}

/** The answers of a set, spoilt by a flaw; the set itself where the flaw is about something else. */
export function spoilt(set: SyncSnapshot, flaw: Flaw | undefined): SyncSnapshot {
  const methods = wrongly(set, flaw);
  return Object.keys(methods).length > 0 ? instead(set, methods) : set;
}

/** An object with some methods replaced; the others keep their `this`. */
export function instead<T extends object>(object: T, methods: Partial<T>): T {
  return new Proxy(object, {
    get: (target, name) => {
      if (Object.hasOwn(methods, name)) return Reflect.get(methods, name);
      const value = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
