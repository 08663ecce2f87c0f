/** Commands and queries by name; the engine knows them through here and imports none itself. */
import { LedgerError } from '../ports/errors.ts';
import type { CommandDefinition, QueryDefinition } from '../ports/view.ts';

export interface Registry {
  command(name: string): CommandDefinition;
  query(name: string): QueryDefinition;
  readonly commandNames: readonly string[];
  readonly queryNames: readonly string[];
}

/** Builds a registry; a name given twice is a mistake of ours and throws at once. */
export function registry(
  commands: readonly CommandDefinition<never>[],
  queries: readonly QueryDefinition<never, unknown>[],
): Registry {
  const byName = new Map(commands.map((each) => [each.name, each as unknown as CommandDefinition]));
  const asked = new Map(queries.map((each) => [each.name, each as unknown as QueryDefinition]));
  if (byName.size !== commands.length || asked.size !== queries.length)
    throw new Error('a name is registered twice');
  return {
    command(name) {
      const found = byName.get(name);
      if (!found) throw new LedgerError('command.unknown', { details: { name } });
      return found;
    },
    query(name) {
      const found = asked.get(name);
      if (!found) throw new LedgerError('query.unsupported', { details: { what: name } });
      return found;
    },
    commandNames: [...byName.keys()],
    queryNames: [...asked.keys()],
  };
}
