import { chmod, lstat, mkdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Where root puts what a plain user must reach; survives a reboot, unlike /tmp. */
export const PUBLIC_DIRECTORY = '/var/tmp';

export async function createPublicDirectory(name: string): Promise<string> {
  const path = join(PUBLIC_DIRECTORY, name);
  try {
    await mkdir(path, { mode: 0o711 });
    await chmod(path, 0o711);
  } catch (error) {
    if (!(await isOwnedByRoot(path))) {
      throw new Error(`${path} was made by somebody else: remove it`, { cause: error });
    }
  }
  return path;
}

/** Whether `path` is a real folder of root's that nobody else may write to. */
export async function isOwnedByRoot(path: string): Promise<boolean> {
  const found = await lstat(path);
  return found.isDirectory() && found.uid === 0 && (found.mode & 0o022) === 0;
}
