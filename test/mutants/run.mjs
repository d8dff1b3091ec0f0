// Tests of the tests: each patch beside this file breaks the product in one way, and the suites that it names must notice.
//   npm run test:mutants             all of them, after the unbroken product has passed
//   npm run test:mutants -- m02 m09  only these
//   npm run test:mutants -- --check  only whether every patch still applies
import { spawnSync } from 'node:child_process';
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
process.on('exit', () => rmSync(copy, { recursive: true, force: true }));
process.on('SIGINT', () => process.exit(130));
cpSync(root, copy, { recursive: true, filter: (path) => !NOT_COPIED.has(basename(path)) });
symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));

if (wanted.includes('--check')) {
  process.exit(mutants.every(({ patch }) => run('git', ['apply', '--check', patch], 'inherit')) ? 0 : 1);
}

const suites = [...new Set(mutants.flatMap(({ mustFail }) => mustFail))];
if (!build() || !passes(suites)) end(1, `The unbroken product does not pass ${suites.join(' ')}`);
const survivors = mutants.filter(({ name, what, patch, mustFail }) => {
  apply(patch);
  if (!build()) end(1, `${name} does not compile: it must be noticed by a test, not by the compiler`);
  const survives = passes(mustFail);
  apply(patch, '-R');
  process.stdout.write(`${survives ? 'SURVIVES' : 'noticed '}  ${name}: ${what}\n`);
  return survives;
});
end(
  survivors.length === 0 ? 0 : 1,
  `${mutants.length - survivors.length} of ${mutants.length} mutants were noticed`,
);

/** A patch begins with what it breaks, and "Must fail:" with the suites. */
function described(patch) {
  const [what, mustFail] = readFileSync(patch, 'utf8').split('\n');
  return { what, mustFail: mustFail.replace('Must fail: ', '').split(' ') };
}

function apply(patch, ...options) {
  if (!run('git', ['apply', ...options, patch], 'inherit')) end(1, `${patch} does not apply`);
}

function build() {
  return run('npm', ['run', '--silent', 'build'], 'inherit');
}

function passes(paths) {
  return run('npm', ['run', '--silent', 'test:jest', '--', '--bail', ...paths], 'ignore');
}

function run(command, options, stdio) {
  return spawnSync(command, options, { cwd: copy, stdio }).status === 0;
}

function end(code, message) {
  process.stdout.write(`${message}\n`);
  process.exit(code);
}
