// Checks openapi.json by the rules of redocly.yaml and .spectral.yaml. Uses no network.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

const LINTERS = [
  ['node_modules/@redocly/cli/bin/cli.js', 'lint', 'openapi.json'],
  [
    'node_modules/@stoplight/spectral-cli/dist/index.js',
    'lint',
    '--quiet',
    '--fail-severity=warn',
    'openapi.json',
  ],
];
const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };

const codes = await Promise.all(
  LINTERS.map(async (command) => {
    const [code] = await once(spawn(process.execPath, command, { env, stdio: 'inherit' }), 'close');
    return code;
  }),
);
process.exit(codes.every((code) => code === 0) ? 0 : 1);
