/** Finds the Chromium that the browser tests drive, and the flags it is started with. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/**
 * A host name that leads to the tests' own server, as a portal on an intranet is reached: over plain http
 * and, unlike loopback, no secure context.
 */
export const intranetHost = 'portal.intranet.test';

/** What every browser of the tests is started with: no window, no network of its own. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--host-resolver-rules=MAP ${intranetHost} 127.0.0.1`,
];

/** Path of the browser: `LOTLEDGER_CHROMIUM`, or the first usual name on the PATH; else undefined. */
export function findChromium(): string | undefined {
  const chosen = process.env.LOTLEDGER_CHROMIUM;
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = chosen ? [chosen] : folders.flatMap((f) => names.map((name) => join(f, name)));
  return candidates.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
