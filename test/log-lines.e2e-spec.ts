import { execFile } from 'node:child_process';
import { pathToFileURL } from 'node:url';

const LOGGING = pathToFileURL('dist/libs/logging/index.js').href;

/** Runs code with a logger named `log` in another process. Returns the process's standard output. */
function outputOf(code: string): Promise<string> {
  const script = `const { createLogger } = await import('${LOGGING}'); const log = createLogger({ logLevel: 'info' }); ${code}`;
  return new Promise((resolve) => {
    execFile(process.execPath, ['--input-type=module', '-e', script], (_error, stdout) => resolve(stdout));
  });
}

describe('a log line', () => {
  it.each([
    ['exits', 'process.exit(3);'],
    ['throws', 'throw new Error("Unexpected");'],
    ['receives SIGKILL', 'process.kill(process.pid, "SIGKILL");'],
    ['has no more work', ''],
  ])('is written if the process %s right after the log call', async (_, end) => {
    const output = await outputOf(`log.info('first'); log.info('last'); ${end}`);

    expect(output).toMatch(/^\{.*"first"\}\n\{.*"last"\}\n$/);
  });

  it('is complete if SIGKILL follows many log calls', async () => {
    const output = await outputOf(`
      for (let line = 1; line <= 5_000; line += 1) log.info({ line }, 'An order was placed');
      process.kill(process.pid, 'SIGKILL');
    `);

    const numbers = output.match(/(?<=^\{.*"line":)\d+(?=,.*\}$)/gm);
    expect(numbers?.join()).toBe(Array.from({ length: 5_000 }, (_, index) => index + 1).join());
  });
});
