/** The guide on testing, and the fake remote through `openLedger`, as a host has it. */
import { expect, test } from 'vitest';
import { memory } from '../../src/adapters/stores/memory/index.ts';
import { openLedger } from '../../src/core/index.ts';
import { fakeRemote } from '../../src/testing/index.ts';
import { runGuide } from '../guides/guide.ts';

test('the examples of the guide on testing answer what they say', async () => {
  expect(await runGuide('testing', { fakeRemote })).toBeGreaterThan(8);
});

test('a ledger over the fake wire is frozen, whole, and closes without its server', async () => {
  const server = await openLedger(memory());
  const remote = fakeRemote(server);
  const client = await openLedger(remote, { actor: 'maria' });
  expect(Object.isFrozen(client)).toBe(true);
  await client.items.create({ code: 'MILK', unit: { code: 'PCE', decimals: 0 } });
  expect((await server.items.get('MILK')).code).toBe('MILK');
  expect(remote.control.calls.map(({ names }) => names[0])).toEqual(['items.create@1', 'items.get']);
  const [call] = remote.control.calls;
  expect(JSON.stringify(call?.args)).toContain('"actor":"maria"');
  await client.close();
  expect([client.status().state, server.status().state]).toEqual(['closed', 'open']);
});
