/** Makes the judge's world in a ledger, through the public resources. */
import type { Ledger } from '../../src/core/index.ts';
import type { World } from './world.ts';

export async function setUp(ledger: Ledger, world: World): Promise<void> {
  await ledger.settings.update({ ...world.settings });
  for (const each of world.codeTypes) await ledger.codeTypes.create(each as never);
  for (const each of world.statuses) await ledger.lotStatuses.create(each as never);
  for (const each of world.transitions) await ledger.transitions.create(each as never);
  for (const each of world.items) await ledger.items.create(each as never);
  for (const each of world.warehouses) await ledger.warehouses.create(each as never);
  for (const each of world.paired) await ledger.templates.create(each as never);
  for (const each of world.templates) await ledger.templates.create(each as never);
}
