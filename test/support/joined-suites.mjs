import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { isLong } from './longest-first.mjs';

const DIRECTORY = 'dist/joined-suites';
const SUITE = /\.(e2e|integration)-spec\.ts$/;
/** Enough to make the cost of loading small, and few enough to keep all workers busy until the end. */
const SUITES_PER_FILE = 8;
/** Hooks outside of a `describe` would apply to the other suites of a file too. */
const HOOK_OUTSIDE = /^(before|after)(All|Each)\(/m;

/**
 * Writes files that import several end-to-end suites each. Returns the `testMatch` of these files and of the other suites.
 * Jest loads all modules anew for each file, which takes the API longer than most suites take for their tests.
 */
export async function joinSuites() {
  const suites = [];
  const alone = [];
  for (const suite of await allSuites()) {
    const isAlone = isLong(suite) || HOOK_OUTSIDE.test(await readFile(suite, 'utf8'));
    (isAlone ? alone : suites).push(suite);
  }
  await rm(DIRECTORY, { recursive: true, force: true });
  await mkdir(DIRECTORY, { recursive: true });
  for (let first = 0; first < suites.length; first += SUITES_PER_FILE)
    await writeJoined(suites.slice(first, first + SUITES_PER_FILE));
  return [DIRECTORY + '/*.js', ...alone].map((path) => `<rootDir>/${path}`);
}

/** Returns the paths of all suites, with neighbours next to each other. */
async function allSuites() {
  const folders = ['libs', 'test'].map(async (folder) =>
    (await readdir(folder, { recursive: true })).map((name) => join(folder, name)),
  );
  const paths = (await Promise.all(folders)).flat().map((path) => path.replaceAll(sep, '/'));
  return paths.filter((path) => SUITE.test(path)).sort();
}

async function writeJoined(suites) {
  const [first, last] = [suites[0], suites.at(-1)].map((suite) => basename(suite).replace(SUITE, ''));
  const imports = suites.map((suite) => `import '../../${suite.replace(/\.ts$/, '.js')}';\n`);
  await writeFile(join(DIRECTORY, `${first}-to-${last}.js`), imports.join(''));
}
