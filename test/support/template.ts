import { chown, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unprivileged } from './unprivileged.js';

/** Writes a file of `deploy/` with its placeholders replaced. Throws if a value is missing. Returns its path. */
export async function fillTemplate(
  name: string,
  folder: string,
  values: Readonly<Record<string, string | number>>,
): Promise<string> {
  const template = await readFile(join('deploy', name), 'utf8');
  const text = template.replaceAll(/\$\{(\w+)\}/g, (_, placeholder: string) => {
    const value = values[placeholder];
    if (value === undefined) throw new Error(`deploy/${name} needs a value for ${placeholder}`);
    return String(value);
  });
  return writeOwned(join(folder, name), text);
}

/** Writes a file that only the cluster's user may read. Returns its path. */
export async function writeOwned(path: string, text: string): Promise<string> {
  await writeFile(path, text, { mode: 0o600 });
  await giveToCluster(path);
  return path;
}

export async function makeFolder(path: string): Promise<void> {
  await mkdir(path);
  await giveToCluster(path);
}

/** Makes the cluster's user the owner. */
export async function giveToCluster(path: string): Promise<void> {
  const owner = unprivileged();
  if (owner) await chown(path, owner.uid, owner.gid);
}
