import { execFile } from 'node:child_process';
import { pathToFileURL } from 'node:url';

const LOGGING = pathToFileURL('dist/libs/logging/index.js').href;

/** What a process of its own that has a `log` writes before it ends. */
function outputOf(code: string): Promise<string> {
  const script = `const { createLogger } = await import('${LOGGING}'); const log = createLogger({ logLevel: 'info' }); ${code}`;
  return new Promise((resolve) => {
    execFile(process.execPath, ['--input-type=module', '-e', script], (_ended, output) => resolve(output));
  });
}

describe('log lines', () => {
  it.each([
    ['exits', 'process.exit(3);'],
    ['fails', 'throw new Error("Unexpected");'],
    ['has nothing more to do', ''],
  ])('are all written when the process %s', async (_end, code) => {
    const output = await outputOf(`log.info('first'); setImmediate(() => { log.info('last'); ${code} })`);

    expect(output).toMatch(/"first".*\n.*"last".*\n$/);
  });

  it('are written while the process goes on', async () => {
    const output = await outputOf(
      `log.info('before'); setTimeout(() => process.kill(process.pid, 'SIGKILL'), 20)`,
    );

    expect(output).toContain('"before"');
  });
});
