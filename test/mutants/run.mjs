// Tests of the tests: each patch beside this file breaks the product in one way, and the suites that it names must notice.
//   npm run test:mutants             all of them, after the unbroken product has passed
//   npm run test:mutants -- m02 m09  only these
//   npm run test:mutants -- --check  only whether every patch still applies
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const NOT_COPIED = new Set(['node_modules', '.git', '.data', 'dist', 'coverage']);

const wanted = process.argv.slice(2);
const mutants = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.patch'))
  .map((file) => ({
    name: basename(file, '.patch'),
    patch: join(import.meta.dirname, file),
    ...described(join(import.meta.dirname, file)),
  }))
  .filter(
    ({ name }) =>
      wanted.every((word) => word.startsWith('-')) || wanted.some((word) => name.startsWith(word)),
  );

// In a copy, so that not even kill -9 leaves a broken product behind.
const copy = mkdtempSync(join(tmpdir(), 'coffee-shop-mutants-'));
let group;
process.on('exit', () => {
  if (group !== undefined) endGroup();
  rmSync(copy, { recursive: true, force: true });
});
process.on('SIGINT', () => process.exit(130));
cpSync(root, copy, { recursive: true, filter: (path) => !NOT_COPIED.has(basename(path)) });
symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));

if (wanted.includes('--check')) {
  for (const { patch } of mutants) await apply(patch, '--check');
  process.exit(0);
}

const suites = [...new Set(mutants.flatMap(({ mustFail }) => mustFail))];
if (!(await build()) || !(await passes(suites)))
  end(1, `The unbroken product does not pass ${suites.join(' ')}`);
let noticed = 0;
for (const { name, what, patch, mustFail } of mutants) {
  await apply(patch);
  if (!(await build())) end(1, `${name} does not compile: a test must notice it, not the compiler`);
  const survives = await passes(mustFail);
  await apply(patch, '-R');
  if (!survives) noticed += 1;
  process.stdout.write(`${survives ? 'SURVIVES' : 'noticed '}  ${name}: ${what}\n`);
}
end(noticed === mutants.length ? 0 : 1, `${noticed} of ${mutants.length} mutants were noticed`);

/** A patch begins with what it breaks, and "Must fail:" with the suites. */
function described(patch) {
  const [what, mustFail] = readFileSync(patch, 'utf8').split('\n');
  return { what, mustFail: mustFail.replace('Must fail: ', '').split(' ') };
}

async function apply(patch, ...options) {
  if (!(await run('git', ['apply', ...options, patch], 'inherit'))) end(1, `${patch} does not apply`);
}

function build() {
  return run('npm', ['run', '--silent', 'build'], 'inherit');
}

function passes(paths) {
  return run('npm', ['run', '--silent', 'test:jest', '--', '--bail', ...paths], 'ignore');
}

async function run(command, options, stdio) {
  const child = spawn(command, options, { cwd: copy, stdio, detached: true });
  group = child.pid;
  const [code] = await once(child, 'close');
  endGroup();
  return code === 0;
}

/** Ends what is running, and the programs that a suite had started when it was cut off. */
function endGroup() {
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    // There are none.
  }
}

function end(code, message) {
  process.stdout.write(`${message}\n`);
  process.exit(code);
}
