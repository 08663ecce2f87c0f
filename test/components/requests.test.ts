/** One question at a time per name. */
import { expect, it } from 'vitest';
import { Requests } from '../../src/components/controllers/requests.ts';

it('aborts the older of one name and drops its answer, and leaves other names alone', async () => {
  const requests = new Requests();
  let aborted = false;
  let release = (): void => {};
  const older = requests.run('page', (signal) => {
    signal.addEventListener('abort', () => {
      aborted = true;
    });
    return new Promise<string>((done) => {
      release = () => done('old');
    });
  });
  const other = requests.run('count', async () => 7);
  const newer = requests.run('page', async () => 'new');
  release();
  expect(await older).toEqual({ stale: true });
  expect(await newer).toEqual({ stale: false, value: 'new' });
  expect(await other).toEqual({ stale: false, value: 7 });
  expect(aborted).toBe(true);
});

it('throws the failure of the newest only', async () => {
  const requests = new Requests();
  const older = requests.run('page', () => Promise.reject(new Error('old')));
  const newer = requests.run('page', () => Promise.reject(new Error('new')));
  expect(await older).toEqual({ stale: true });
  await expect(newer).rejects.toThrow('new');
});

it('says when nothing is under way', async () => {
  const requests = new Requests();
  await requests.idle();
  const asked = requests.run('page', () => new Promise((done) => setTimeout(done, 5)));
  expect(requests.pending).toBe(1);
  await requests.idle();
  expect(requests.pending).toBe(0);
  await asked;
});
