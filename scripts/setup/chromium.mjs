// The browser of the editor tests: the system's own, because no download of a browser is assumed to be reachable.
import { existsSync } from 'node:fs';
import { findProgram, StepError } from './shell.mjs';
import { ensureSystemPackages } from './system-packages.mjs';

const macBrowsers = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Chromium without what only a person at a screen needs: the same tests in a tenth less time. */
const windowless = 'chromium-headless-shell';

/** The browser's path, or undefined: `$SLIPWAY_CHROMIUM`, the PATH, the usual places of macOS. */
export function findChromium() {
  return (
    process.env.SLIPWAY_CHROMIUM ??
    findProgram(windowless, 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable') ??
    macBrowsers.find((path) => existsSync(path))
  );
}

/** The browser's path; on Debian as root it is installed first when missing. Throws StepError when none can be had. */
export async function ensureChromium() {
  if (!findChromium()) {
    const purpose = 'The editor tests: a browser that they can drive';
    // Not every release has the windowless one.
    await ensureSystemPackages([windowless], purpose).catch(() => ensureSystemPackages(['chromium'], purpose));
  }
  const path = findChromium();
  if (!path) {
    throw new StepError('The editor tests need Chromium or Chrome on the PATH, or SLIPWAY_CHROMIUM set to its path.');
  }
  return path;
}
