// The whole drill: every fault with both kinds of provider. HA_ROUNDS repeats each fault, HA_SEED repeats an earlier run.
import { spawnSync } from 'node:child_process';

const environment = { ...process.env, HA_ROUNDS: process.env.HA_ROUNDS ?? '1' };
const jest = ['run', '--silent', 'test:jest', '--', 'test/ha', ...process.argv.slice(2)];
process.exitCode =
  spawnSync('npm', jest, { env: environment, stdio: 'inherit', shell: process.platform === 'win32' })
    .status ?? 1;
