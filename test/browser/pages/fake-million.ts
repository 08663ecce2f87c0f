/** A million lots that are nowhere: each made when it is asked for, in either order of its code. */
import type { ListQuery, Page } from '../../../src/components/core.ts';
import type { Row } from './fake-lists.ts';
import { sampleLots, TODAY } from './register-rows.ts';

const patterns = sampleLots(15);

/** The lot at a place, from 0. */
export function lotAt(index: number): Row {
  const pattern = patterns[index % patterns.length] as unknown as Row;
  const code = `L${String(index + 1).padStart(7, '0')}`;
  return { ...pattern, id: `lot-${code}`, code };
}

/** Answers questions about so many lots; a search finds one in a thousand. */
export function millionLots(count: number): (query: ListQuery, seq: number) => Page<Row> {
  return (query, seq) => {
    const total = query.search ? Math.floor(count / 1000) : count;
    const from = query.skip ?? Number(query.cursor ?? 0);
    const limit = Math.min(query.limit ?? 50, Math.max(0, total - from));
    const down = query.sort?.[0]?.startsWith('-') ?? false;
    const items = Array.from({ length: limit }, (_, i) => lotAt(down ? total - 1 - from - i : from + i));
    return {
      items,
      ...(from + limit < total ? { next: String(from + limit) } : {}),
      total,
      asOf: { seq, date: TODAY },
    };
  };
}
