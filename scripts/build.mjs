// Compiles the sources to dist/, unless dist/ is what a build of the same sources left there.
import './check-node.mjs';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const TSC = 'node_modules/typescript/bin/tsc';
const BUNDLER = 'node_modules/esbuild/package.json';
const PAGE = 'apps/board';
const FOLDERS = ['apps', 'libs', 'migrations'];
const SETTINGS = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'scripts/build.mjs',
];
const SOURCES = [...FOLDERS, 'ormconfig.ts', ...SETTINGS];
const OUTPUTS = [...FOLDERS, 'ormconfig.js', 'ormconfig.js.map'];
const TESTS = /\.(integration-)?spec\.ts$/;
/** Says what a build read and wrote, as hashes: the times of files say little after a checkout or a copy. */
const RECORD = '.build';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
await removeUnfinishedBuilds();
const startedAt = performance.now();
if (await isBuilt()) {
  console.log(`The build is up to date (${secondsSince(startedAt)} s).`);
} else {
  console.log('Building, which is only needed after a change …');
  await build();
  console.log(`Built in ${secondsSince(startedAt)} s.`);
}

async function isBuilt() {
  const record = await readFile(join('dist', RECORD), 'utf8').catch(() => undefined);
  return record !== undefined && record === recordOf(await hash('.', SOURCES), await hash('dist', OUTPUTS));
}

/** Compiles beside dist/ and then replaces it, so that a program that starts meanwhile finds a whole one. */
async function build() {
  const directory = `.dist-${process.pid}`;
  const sources = await hash('.', SOURCES);
  await compileTo(directory);
  await writeFile(join(directory, RECORD), recordOf(sources, await hash(directory, OUTPUTS)));
  // Another process may have built the same sources meanwhile, and its programs may be running.
  if (!(await isBuilt())) {
    await rm('dist', { recursive: true, force: true });
    await rename(directory, 'dist');
  }
  await rm(directory, { recursive: true, force: true });
}

async function compileTo(directory) {
  if (![TSC, BUNDLER].every((file) => existsSync(file)))
    fail('The packages are not installed: run `npm ci` first');
  const options = ['-p', 'tsconfig.build.json', '--outDir', directory];
  const compiler = spawn(process.execPath, [TSC, ...options], { stdio: 'inherit' });
  const [[code], isBundled] = await Promise.all([once(compiler, 'exit'), bundlePage(join(directory, PAGE))]);
  if (code === 0 && isBundled) return;
  await rm(directory, { recursive: true, force: true });
  fail('The build failed: see the errors above');
}

/** Bundles the page of the board: one script, one stylesheet and the files that stay as they are. */
async function bundlePage(directory) {
  const { build } = await import('esbuild');
  try {
    await build({
      entryPoints: ['board.tsx', 'board.css', 'icon.svg', 'index.html'].map((file) => join(PAGE, file)),
      outdir: directory,
      bundle: true,
      minify: true,
      format: 'esm',
      target: 'es2022',
      loader: { '.html': 'copy', '.svg': 'copy' },
    });
    return true;
  } catch {
    return false;
  }
}

function recordOf(sources, outputs) {
  return `sources ${sources}\noutputs ${outputs}\n`;
}

/** Hashes the names and contents of files and of all files in folders. A missing file is an empty one. */
async function hash(directory, names) {
  const digest = createHash('sha256');
  for (const file of (await Promise.all(names.map((name) => filesOf(directory, name)))).flat()) {
    const content = await readFile(join(directory, file)).catch(() => '');
    digest.update(`${file}\0${content.length}\0`).update(content);
  }
  return digest.digest('hex');
}

async function filesOf(directory, name) {
  const files = await readdir(join(directory, name), { recursive: true }).catch(() => undefined);
  if (files === undefined) return [name];
  return files
    .filter((file) => /\.\w+$/.test(file) && !TESTS.test(file))
    .map((file) => join(name, file))
    .sort();
}

async function removeUnfinishedBuilds() {
  for (const name of await readdir('.')) {
    const [, pid] = /^\.dist-(\d+)$/.exec(name) ?? [];
    if (pid !== undefined && !isRunning(Number(pid))) await rm(name, { recursive: true, force: true });
  }
}

function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function secondsSince(time) {
  return ((performance.now() - time) / 1000).toFixed(1);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
