/** The route table: everything the engine can do has a place in it, and what a ledger cannot do says so. */
import { expect, test } from 'vitest';
import { memory } from '../../src/adapters/stores/memory/index.ts';
import { openLedger } from '../../src/core/index.ts';
import { type Route, routes } from '../../src/server/routes/index.ts';
import { VERSION } from '../../src/server/version.ts';
import { read } from '../meta/sources.ts';
import { site } from './setup.ts';

const commandsOf = ({ act }: Route): readonly string[] =>
  act.kind === 'command' ? [act.name] : act.kind === 'resource' ? act.commands : [];
const queriesOf = ({ act }: Route): readonly string[] =>
  act.kind === 'query' ? [act.name] : act.kind === 'resource' ? act.queries : [];

test('every command and every question of the engine has a route of its own', async () => {
  const { capabilities } = await openLedger(memory());
  const commands = new Set(routes.flatMap(commandsOf));
  const queries = new Set(routes.flatMap(queriesOf));
  expect(Object.keys(capabilities.commands).filter((name) => !commands.has(name))).toEqual([]);
  expect(Object.keys(capabilities.queries).filter((name) => !queries.has(name))).toEqual([]);
  expect([...commands].filter((name) => !(name in capabilities.commands))).toEqual([]);
  expect([...queries].filter((name) => !(name in capabilities.queries))).toEqual([]);
});

test('no two routes have the same name, or the same method and path', () => {
  const names = routes.map(({ id }) => id);
  const shapes = routes.map(({ method, path }) => `${method} ${path.replace(/\{\w+\}/g, '{}')}`);
  expect(new Set(names).size).toBe(names.length);
  expect(new Set(shapes).size).toBe(shapes.length);
});

test('a route declares each name of its path once, and nothing else', () => {
  for (const { path, args } of routes) {
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect((args?.path ?? []).map(({ name }) => name)).toEqual(names);
  }
});

test('no filter of a list has the name of one of its parameters', async () => {
  const { capabilities } = await openLedger(memory());
  for (const { args } of routes) {
    const offered = args?.filtersOf === undefined ? true : capabilities.queries[args.filtersOf];
    if (typeof offered !== 'object') continue;
    const names = (args?.query ?? []).map(({ name }) => name);
    expect(offered.filters.filter((name) => names.includes(name))).toEqual([]);
  }
});

test('what a ledger cannot do is 501 with the reason, on every route that needs it', async () => {
  const real = await openLedger(memory());
  const commands = Object.fromEntries(
    Object.keys(real.capabilities.commands).map((name) => [name, 'not here']),
  );
  const ledger = real.through((port) => ({
    ...port,
    capabilities: { ...port.capabilities, commands, queries: {} },
  }));
  const { ask } = await site({ ledger });
  for (const route of routes.filter(({ act }) => act.kind !== 'port')) {
    const path = route.path.replace('{days}', '7').replace(/\{\w+\}/g, 'x');
    const { status, body } = await ask(path, { method: route.method });
    expect([route.id, status, body.code]).toEqual([route.id, 501, 'command.unsupported']);
    if (commandsOf(route).length > 0) expect(body.details.reason).toBe('not here');
  }
});

test('the version that is told is the one of the package', () => {
  expect(VERSION).toBe(JSON.parse(read('package.json')).version);
});
