import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Returns the processes whose working directory is this folder or lies in it: also those that outlived their parents. */
export function processesIn(folder) {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && isIn(folder, pid));
}

function isIn(folder, pid) {
  try {
    const directory = readlinkSync(`/proc/${pid}/cwd`);
    if (directory !== folder && !directory.startsWith(`${folder}/`)) return false;
    // A zombie (Z) has ended, and only waits for its parent.
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
