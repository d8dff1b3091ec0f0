import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';

describe('docs/security.md', () => {
  it('names only tests that exist', async () => {
    const text = await readFile('docs/security.md', 'utf8');
    const named = [...text.matchAll(/`((?:test|libs|apps)\/[\w./-]+)`/g)].map(([, path = '']) => path);
    expect(named.length).toBeGreaterThan(50);

    const missing: string[] = [];
    for (const path of new Set(named)) {
      const files = await readdir(dirname(path)).catch(() => []);
      if (
        !files.some(
          (file) =>
            file === basename(path) ||
            file.startsWith(`${basename(path)}.`) ||
            file.startsWith(`${basename(path)}-`),
        )
      )
        missing.push(path);
    }
    expect(missing).toEqual([]);
  });
});
