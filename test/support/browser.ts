import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const EXECUTABLES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The installed browser, if there is one. The tests do not download one. */
const executablePath = EXECUTABLES.find((path) => existsSync(path));

/** Like `describe`. Without a browser it prints why it skips. */
export function describeInBrowser(name: string, define: () => void): void {
  if (executablePath === undefined) {
    process.stderr.write(`SKIPPED "${name}": none of ${EXECUTABLES.join(', ')} is installed\n`);
    describe.skip(name, define);
  } else {
    describe(name, define);
  }
}

export function startBrowser(): Promise<Browser> {
  if (executablePath === undefined) throw new Error('No browser is installed');
  return chromium.launch({ executablePath, args: ARGUMENTS });
}
