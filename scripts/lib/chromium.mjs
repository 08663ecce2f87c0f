/**
 * Where Chromium is, for the tests that need a real browser: named by LOTLEDGER_CHROMIUM, or found on the
 * PATH under one of its usual names, or in its usual place on macOS. A candidate counts once it has told
 * its version: some systems install a placeholder that only prints advice.
 */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './run.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const bundles = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

function candidates() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const onPath = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [process.env.LOTLEDGER_CHROMIUM, ...onPath, ...bundles].filter((path) => {
    if (!path) return false;
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/**
 * The path of a Chromium that runs, or undefined.
 * @returns {Promise<string | undefined>}
 */
export async function findChromium() {
  for (const path of candidates()) {
    const { code, output } = await run(path, ['--version'], { capture: true, timeout: 20_000 });
    if (code === 0 && /chrom/i.test(output)) return path;
  }
  return undefined;
}
