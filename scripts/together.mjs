// Runs npm scripts at the same time: node scripts/together.mjs lint typecheck
// Prints the output of each when it ends. Fails if one of them fails, after all have ended.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

const codes = await Promise.all(process.argv.slice(2).map(run));
process.exit(codes.every((code) => code === 0) ? 0 : 1);

async function run(script) {
  const startedAt = performance.now();
  // On Windows npm is a command file, which only a shell starts.
  const child = spawn('npm', ['run', '--silent', script], { shell: process.platform === 'win32' });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  const [code] = await once(child, 'close');
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  process.stdout.write(`${code === 0 ? 'passed' : 'FAILED'} ${script} (${seconds} s)\n${output}`);
  return code;
}
