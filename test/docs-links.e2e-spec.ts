import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const ROOTS = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'];
const FOLDERS = ['docs', 'deploy', 'clients'];
const isProse = (path: string): boolean => path.endsWith('.md') && !path.includes('node_modules');

async function documents(): Promise<string[]> {
  const inFolders = FOLDERS.map(async (folder) =>
    (await readdir(folder, { recursive: true })).map((path) => join(folder, path)),
  );
  return [...ROOTS, ...(await Promise.all(inFolders)).flat().filter(isProse)];
}

/** Returns the document without what only looks like links and headings. */
async function proseOf(path: string): Promise<string> {
  return (await readFile(path, 'utf8'))
    .replaceAll(/^ *```[\s\S]*?^ *```/gm, '')
    .replaceAll(/`[^`\n]*\]\([^`\n]*`/g, '');
}

/** Returns the anchors that GitHub gives to the headings of a document. */
async function anchorsOf(path: string): Promise<string[]> {
  return [...(await proseOf(path)).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe('links between our documents', () => {
  it('lead to files and headings that exist', async () => {
    const broken: string[] = [];
    for (const document of await documents()) {
      for (const [, link = ''] of (await proseOf(document)).matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)) {
        const [file = '', anchor] = link.split('#');
        const target = file === '' ? document : join(dirname(document), file);
        const isFound =
          existsSync(target) &&
          (anchor === undefined || !isProse(target) || (await anchorsOf(target)).includes(anchor));
        if (!isFound) broken.push(`${document}: ${link}`);
      }
    }

    expect(broken).toEqual([]);
  });
});
