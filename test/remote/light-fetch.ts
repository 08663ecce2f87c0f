/**
 * A `fetch` for thousands of small requests: over Node's plain client, which takes a fraction of the time that
 * Node's own `fetch` does. Streams still go through that one.
 */
import { Agent, request } from 'node:http';

const agent = new Agent({ keepAlive: true });

/** As `fetch`, for what `rest` asks of it. */
export const lightFetch: typeof fetch = (input, init = {}) => {
  const headers = init.headers as Record<string, string>;
  if (headers.accept === 'text/event-stream') return fetch(input, init);
  return new Promise((resolve, reject) => {
    const { method = 'GET', body, signal } = init;
    const sent = request(
      String(input),
      { method, headers, agent, ...(signal ? { signal } : {}) },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('error', reject);
        answer.on('end', () => {
          const { statusCode: status = 0 } = answer;
          const said = Object.entries(answer.headers).map(([name, value]): [string, string] => [
            name,
            String(value),
          ]);
          resolve(new Response(status === 204 ? null : Buffer.concat(parts), { status, headers: said }));
        });
      },
    );
    sent.on('error', (cause) => reject(new TypeError('fetch failed', { cause })));
    sent.end(body);
  });
};
