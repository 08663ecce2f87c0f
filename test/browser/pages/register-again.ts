/**
 * Two registers over the same ledger: one as it is, one made again of nothing but what the package exports,
 * every built-in field under a key of its own and every built-in action in the place of the built-in one.
 * `?tag=serial-register&way=replaced`: `keys` names the host's fields in `fields`, `replaced` puts the host's
 * extension in the place of the built-in one.
 */
import {
  type ActionContext,
  type ActionExtension,
  type AnyExtension,
  type FieldExtension,
  type LotRegister,
  lotActions,
  lotFields,
  postingActions,
  postingFields,
  serialActions,
  serialFields,
} from 'lotledger/components';
import '../../../src/components/define/index.ts';
import { fakeLedger } from './fake-ledger.ts';

interface Kind {
  readonly on: AnyExtension['on'];
  readonly fields: readonly FieldExtension<never>[];
  readonly actions: readonly ActionExtension<never>[];
}

const kind = (on: Kind['on'], fields: readonly unknown[], actions: readonly unknown[]): Kind => ({
  on,
  fields: fields as Kind['fields'],
  actions: actions as Kind['actions'],
});

const kinds: Readonly<Record<string, Kind>> = {
  'lot-register': kind('lot', lotFields, lotActions),
  'serial-register': kind('serial', serialFields, serialActions),
  'posting-register': kind('posting', postingFields, postingActions),
};

const ask = new URLSearchParams(location.search);
const tag = ask.get('tag') ?? 'lot-register';
const { on, fields, actions } = kinds[tag] as Kind;
const way = ask.get('way') ?? 'keys';
const everything = ask.has('everything');

/** How often each action of the host's was run. */
const ran: Record<string, number> = {};

const again: AnyExtension = {
  id: way === 'replaced' ? 'lotledger' : 'own',
  on,
  fields: fields.map((field) => ({
    ...field,
    key: `own-${field.key}`,
    value: field.value ?? ((record: object) => (record as Record<string, unknown>)[field.key]),
  })),
  actions: actions.map((action) => ({
    ...action,
    run: (context: ActionContext<never>) => {
      ran[action.id] = (ran[action.id] ?? 0) + 1;
      return action.run(context);
    },
  })),
};

const { ledger } = fakeLedger({ rows: 40, state: '', wait: 0 });
const shown = fields.filter(({ hidden }) => everything || !hidden).map(({ key }) => key);
const registers = ['builtin', 'again'].map((id) => {
  const register = document.createElement(tag) as LotRegister;
  register.id = id;
  register.ledger = ledger;
  if (id === 'again') register.extensions = [again];
  if (way === 'keys' && id === 'again') register.fields = shown.map((key) => `own-${key}`);
  else if (everything) register.fields = shown;
  return register;
});
document.querySelector('main')?.append(...registers);

Object.assign(window, {
  tests: {
    ready: async () => {
      for (const register of registers) {
        await register.ready;
        await register.settled;
      }
    },
    ran: () => ran,
    /** Keys of the first register are those of the second with `own-` in front. */
    state: async (id: string, state: object) => {
      const register = document.getElementById(id) as LotRegister;
      register.state = state;
      await register.settled;
    },
  },
});
