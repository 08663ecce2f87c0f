/**
 * One round of one contender posting in memory, in a process of its own:
 *
 *   node --expose-gc bench/node/posting.mjs sqlite 40000
 *
 * prints as JSON its seconds by the wall clock and of processor time, for many in flight and for one
 * caller, the bytes that stay, and what the first page afterwards costs.
 */
import { list } from '../workload.mjs';

const IN_FLIGHT = 256;
const [contender, count] = [process.argv[2], Number(process.argv[3])];
const { open } = await import(`../contenders/${contender}.mjs`);

async function timed(work) {
  const cpu = process.cpuUsage();
  const begun = performance.now();
  await work();
  const wall = (performance.now() - begun) / 1e3;
  const { user, system } = process.cpuUsage(cpu);
  return { wall, cpu: (user + system) / 1e6 };
}

const held = () => {
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
};

/** A run that does not count: until the code is compiled for this many callers. */
async function warmUp(postings, inFlight) {
  const subject = await open();
  await subject.run(postings, inFlight);
  await subject.close();
}

async function manyCallers(postings) {
  await warmUp(postings, IN_FLIGHT);
  const subject = await open();
  await subject.firstPage?.();
  const before = held();
  const many = await timed(() => subject.run(postings, IN_FLIGHT));
  const bytes = held() - before + (subject.bytes?.() ?? 0);
  const lots = await subject.lots();
  const page = subject.firstPage ? await timed(() => subject.firstPage()) : undefined;
  await subject.close();
  if (lots !== Math.ceil(count / 2))
    throw new Error(`${contender} holds ${lots} lots after ${count} postings`);
  return { many, bytes, page };
}

async function oneCaller(postings) {
  await warmUp(postings, 1);
  const subject = await open();
  const time = await timed(() => subject.run(postings, 1));
  await subject.close();
  return { one: { ...time, count: postings.length } };
}

const postings = list(count);
const figures = {
  count,
  ...(await manyCallers(postings)),
  ...(await oneCaller(postings.slice(0, count >> 1))),
};
console.log(JSON.stringify(figures));
