import { chmod, lstat, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { StartupError } from '#config';

/** Every user can enter it. Unlike /tmp, it survives a reboot. */
export const PUBLIC_DIRECTORY = '/var/tmp';

/** Creates or finds a directory there. Throws an Error if it exists and users other than root can write to it. */
export async function createPublicDirectory(name: string): Promise<string> {
  const path = join(PUBLIC_DIRECTORY, name);
  try {
    await mkdir(path, { mode: 0o711 });
    await chmod(path, 0o711);
  } catch (error) {
    if (!(await isOwnedByRoot(path))) {
      throw new StartupError(`${path} was created by another user: remove it`, { cause: error });
    }
  }
  return path;
}

/** Returns whether `path` is a directory, not a symlink, that only root can write to. */
export async function isOwnedByRoot(path: string): Promise<boolean> {
  const found = await lstat(path);
  return found.isDirectory() && found.uid === 0 && (found.mode & 0o022) === 0;
}
