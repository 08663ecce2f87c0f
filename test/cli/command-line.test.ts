/** What can be typed after `lotledger`, right and wrong: plain words, and the right number at the end. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { emptyIn } from './ledgers.ts';
import { buildProgram, newFolder, run } from './program.ts';

beforeAll(() => buildProgram());

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

describe('lotledger', () => {
  test.each([[], ['--help'], ['-h'], ['help']])('tells what it can do: %j', async (...args) => {
    const { code, out, err } = await run(args);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const command of ['serve', 'verify', 'export', 'import']) expect(out).toContain(`  ${command} `);
  });

  test.each(['serve', 'verify', 'export', 'import'])('tells what %s takes, either way', async (command) => {
    const [one, other] = await Promise.all([run([command, '--help']), run(['help', command])]);
    expect(one.code).toBe(0);
    expect(one.out).toContain(`Usage: lotledger ${command}`);
    expect(one.out).toContain('--data');
    expect(other.out).toBe(one.out);
  });

  test.each(['--version', '-v'])('tells its version: %s', async (flag) => {
    expect(await run([flag])).toMatchObject({ code: 0, out: `${version}\n`, err: '' });
  });

  test.each([
    [['launch'], 'There is no command “launch”.'],
    [['serve', '--nonsense'], "Unknown option '--nonsense'."],
    [['serve', '--port'], "Option '--port <value>' argument missing."],
    [['serve', '--port', 'eighty'], '--port takes a number from 0 to 65535, not “eighty”.'],
    [['serve', '--port', '70000'], '--port takes a number from 0 to 65535, not “70000”.'],
    [['serve', 'here'], '“here” is too much here.'],
    [['serve', '--data', 'a', '--database', 'postgres://b/c'], '--data and --database exclude each other.'],
    [['verify', '--database', 'mysql://b/c'], '--database takes an address such as'],
    [['verify', '--database', 'nonsense'], '--database takes an address such as'],
    [['verify', '--anchor', '12'], '--anchor takes a head as verify prints it'],
    [['verify', 'more'], '“more” is too much here.'],
    [['export', 'a', 'b'], '“b” is too much here.'],
    [['import', '--toast'], "Unknown option '--toast'."],
    [['serve', '--token', 'secret-without-name'], '--token takes name=secret.'],
    [['serve', '--token', 'maria=short'], 'the token of maria must have 8 characters or more'],
  ])('refuses %j in one sentence', async (args, sentence) => {
    const { code, out, err } = await run(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(`lotledger: `);
    expect(err).toContain(sentence);
    expect(err).not.toContain('    at ');
    // whatever was typed there may have been a secret
    expect(err).not.toContain('secret-without-name');
  });

  test.each([
    [['verify'], 'There is no ledger in '],
    [['export'], 'There is no ledger in '],
    [['import', 'nowhere.jsonl'], 'There is no file nowhere.jsonl.'],
  ])('%j without anything there says so, and makes nothing', async (args, sentence) => {
    const { code, out, err } = await run(args);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(sentence);
  });

  test('says which line of a file is no export, and leaves no folder behind', async () => {
    const cwd = newFolder();
    writeFileSync(join(cwd, 'photo.jsonl'), Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0x0a, 0x00]));
    writeFileSync(join(cwd, 'other.jsonl'), '{"some":"thing"}\n');
    const photo = await run(['import', 'photo.jsonl'], { cwd });
    expect(photo).toMatchObject({ code: 1, out: '' });
    expect(photo.err).toContain(
      'Line 1 of the export is not what was written. (unreadable) [archive.invalid]',
    );
    const other = await run(['import', 'other.jsonl'], { cwd });
    expect(other.err).toContain('(foreign) [archive.invalid]');
    await emptyIn(join(cwd, 'd'));
    const empty = await run(['import', '-', '--data', 'd'], { cwd, input: '' });
    expect(empty.err).toContain('(missing) [archive.invalid]');
  });

  test('shows all that is known of a problem with --debug', async () => {
    const { code, err } = await run(['verify', '--debug']);
    expect(code).toBe(1);
    expect(err).toContain('    at ');
  });
});
