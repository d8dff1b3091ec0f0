import { freePort } from './support/api-process.js';
import { Program } from './support/program.js';
import { TestApp } from './support/test-app.js';

/** Linux has all of 127.0.0.0/8. A program that listens on 127.0.0.1 alone refuses connections here. */
const OTHER_ADDRESS = '127.0.0.2';

describe('a started program', () => {
  let app: TestApp;

  beforeAll(async () => (app = await TestApp.start()));
  afterAll(() => app.close());

  /** Starts the program, and returns whether it accepts connections on other addresses than 127.0.0.1. */
  async function isOpen(script: string, variable: string, variables: NodeJS.ProcessEnv): Promise<boolean> {
    const port = String(await freePort());
    const program = Program.start(script, { ...app.environment, [variable]: port, ...variables });
    try {
      await program.waitUntilReady(`http://127.0.0.1:${port}`);
      return await fetch(`http://${OTHER_ADDRESS}:${port}`).then(
        () => true,
        () => false,
      );
    } finally {
      program.send('SIGTERM');
      await program.exited;
    }
  }

  describe.each([
    ['the API', 'apps/api/main.js', 'PORT'],
    ['the sandbox', 'apps/sandbox/main.js', 'SANDBOX_PORT'],
    ['the standalone app', 'apps/standalone/main.js', 'PORT'],
  ])('%s', (_, script, variable) => {
    it('listens on the loopback address only', async () => {
      expect(await isOpen(script, variable, {})).toBe(false);
    });

    it('listens where HOST says', async () => {
      expect(await isOpen(script, variable, { HOST: '0.0.0.0' })).toBe(true);
    });
  });

  it('listens on all addresses in production', async () => {
    const production = { APP_ENV: 'production', JWT_SECRET_KEY: 'a secret of thirty-two characters' };

    expect(await isOpen('apps/api/main.js', 'PORT', production)).toBe(true);
  });
});
