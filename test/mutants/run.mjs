// Mutation tests: each patch in this folder breaks the product in one way, and the suites that it names must fail.
//   npm run test:mutants             runs all mutants, after the suites have passed without a patch
//   npm run test:mutants -- m02 m09  runs only these
//   npm run test:mutants -- --check  checks only whether every patch applies
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const NOT_COPIED = new Set(['node_modules', '.git', '.data', 'dist', 'coverage']);

const selected = process.argv.slice(2);
const mutants = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.patch'))
  .map((file) => ({
    name: basename(file, '.patch'),
    patch: join(import.meta.dirname, file),
    ...parse(join(import.meta.dirname, file)),
  }))
  .filter(
    ({ name }) =>
      selected.every((argument) => argument.startsWith('-')) ||
      selected.some((argument) => name.startsWith(argument)),
  );

// The patches apply to a copy, so that even SIGKILL leaves the project unchanged.
const copy = mkdtempSync(join(tmpdir(), 'coffee-shop-mutants-'));
let group;
process.on('exit', () => {
  if (group !== undefined) killGroup();
  rmSync(copy, { recursive: true, force: true });
});
process.on('SIGINT', () => process.exit(130));
cpSync(root, copy, { recursive: true, filter: (path) => !NOT_COPIED.has(basename(path)) });
symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));

if (selected.includes('--check')) {
  for (const { patch } of mutants) await apply(patch, '--check');
  process.exit(0);
}

const suites = [...new Set(mutants.flatMap(({ mustFail }) => mustFail))];
if (!(await build()) || !(await passes(suites)))
  end(1, `The suites fail without a patch: ${suites.join(' ')}`);
let caught = 0;
for (const { name, what, patch, mustFail } of mutants) {
  await apply(patch);
  if (!(await build())) end(1, `${name} does not compile; a mutant must be caught by a test`);
  const survives = await passes(mustFail);
  await apply(patch, '-R');
  if (!survives) caught += 1;
  process.stdout.write(`${survives ? 'SURVIVES' : 'caught  '}  ${name}: ${what}\n`);
}
end(caught === mutants.length ? 0 : 1, `${caught} of ${mutants.length} mutants were caught`);

/** The first line of a patch says what it breaks. The second line names the suites that must fail. */
function parse(patch) {
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
  // All faults of the chaos run, in one round: the short run might leave out the one that a mutant needs.
  const env = { ...process.env, FAULT_ROUNDS: '1' };
  const child = spawn(command, options, { cwd: copy, env, stdio, detached: true });
  group = child.pid;
  const [code] = await once(child, 'close');
  killGroup();
  return code === 0;
}

/** Kills the running command and all processes that it has started. */
function killGroup() {
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    // The group has already exited.
  }
}

function end(code, message) {
  process.stdout.write(`${message}\n`);
  process.exit(code);
}
