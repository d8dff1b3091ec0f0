import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { freePort } from './support/api-process.js';
import { eventually } from './support/eventually.js';

describe('npm scripts', () => {
  it('use nothing that only some shells know', async () => {
    const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as {
      scripts: Record<string, string>;
    };

    for (const script of Object.values(scripts))
      expect(script).not.toMatch(/['$;|`]|\b(rm|exec|cp|mv)\b|(^|&& )\w+=/);
  });

  it('say that there is no build before they run a program of it', async () => {
    const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as {
      scripts: Record<string, string>;
    };
    const programs = Object.entries(scripts).filter(([, script]) => / dist\/apps\//.test(script));

    for (const [name] of programs)
      expect(scripts[`pre${name}`]).toMatch(/^node scripts\/(check-)?build\.mjs$/);
  });

  it('stop their program on SIGTERM, which the shell does not pass on', async () => {
    const port = await freePort();
    const npm = spawn('npm', ['run', 'start:sandbox'], {
      env: { PATH: process.env.PATH, HOME: process.env.HOME, SANDBOX_PORT: String(port) },
      stdio: 'ignore',
    });
    const isListening = (): Promise<boolean> =>
      fetch(`http://127.0.0.1:${port}`).then(
        () => true,
        () => false,
      );
    await eventually('the sandbox', isListening);

    npm.kill('SIGTERM');

    await eventually('the end of the sandbox', async () => !(await isListening()));
  });
});
