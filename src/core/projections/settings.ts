/** The settings as they were saved last, and whether any lot or serial exists yet. */
import { defaultSettings } from '../model/inputs.ts';
import type { Projection, Writer } from '../ports/view.ts';
import { changesBetween } from '../rules/history.ts';
import { keepChange } from './history.ts';

const ID = 'settings';

function markCodes(writer: Writer): void {
  const before = writer.get('settings', ID);
  if (before?.hasCodes) return;
  writer.put('settings', { ...(before ?? { id: ID, edition: 0, ...defaultSettings }), hasCodes: true });
}

export const settings: Projection = {
  name: 'settings',
  version: 2,
  collections: ['settings', 'history'],
  apply(entry, writer) {
    let marked = false;
    let n = 0;
    for (const fact of entry.facts) {
      if (fact.kind === 'settings') {
        const before = writer.get('settings', ID);
        const changes = changesBetween(before ?? defaultSettings, fact.settings);
        for (const change of changes) keepChange(entry, writer, `s${n++}`, ID, change);
        const edition = (before?.edition ?? 0) + 1;
        writer.put('settings', { ...fact.settings, id: ID, edition, hasCodes: before?.hasCodes ?? false });
      } else if (!marked && (fact.kind === 'lotCreated' || fact.kind === 'serialCreated')) {
        marked = true;
        markCodes(writer);
      }
    }
  },
};
