/** The memory store, held against the kit every store passes. */
import { describe, it } from 'vitest';
import { memory } from '../../src/adapters/stores/memory/index.ts';
import { conformance, type Runner } from '../../src/conformance/index.ts';
import type { StoreAdapter } from '../../src/core/adapter-kit.ts';

const places = new Map<string, StoreAdapter>();

const runner: Runner = {
  describe,
  it,
  skip: (name, reason) => it.skip(`${name} (${reason})`),
};

conformance(runner, {
  name: 'memory',
  open(place, tables, schema) {
    const adapter = places.get(place) ?? memory();
    places.set(place, adapter);
    return adapter.open(tables, schema);
  },
  async destroy(place) {
    places.delete(place);
  },
});
