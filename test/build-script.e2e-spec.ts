import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const UP_TO_DATE = 'The build is up to date';
const COPIED = [
  'scripts',
  'apps/board',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
];
/** Pretends to be an old version. */
const NODE_18 = `data:text/javascript,Object.defineProperty(process, 'versions', { value: { node: '18.20.4' } })`;

/** A project with the build of its sources, which each test copies. */
let project: string;
let firstBuild: ReturnType<typeof build>;
let directory: string;

beforeAll(() => {
  project = directory = newDirectory();
  for (const name of COPIED) cpSync(name, join(directory, name), { recursive: true });
  symlinkSync(join(process.cwd(), 'node_modules'), join(directory, 'node_modules'));
  write('ormconfig.ts', 'export const price = 400;');
  firstBuild = build();
});
beforeEach(() => {
  directory = newDirectory();
  cpSync(project, directory, { recursive: true });
});
afterEach(() => rmSync(directory, { recursive: true }));
afterAll(() => rmSync(project, { recursive: true }));

function newDirectory(): string {
  // A name that a shell would change.
  return mkdtempSync(join(tmpdir(), 'coffee $HOME shop-'));
}

function write(file: string, content: string): void {
  writeFileSync(join(directory, file), content);
}

function build(...options: string[]): { status: number | null; stdout: string; stderr: string } {
  const args = [...options, join(directory, 'scripts', 'build.mjs')];
  return spawnSync(process.execPath, args, { encoding: 'utf8' });
}

function built(): string {
  return readFileSync(join(directory, 'dist', 'ormconfig.js'), 'utf8');
}

describe('the build script', () => {
  it('builds once for the same sources', () => {
    expect(firstBuild.stdout).toContain('Built in');
    expect(built()).toContain('400');

    expect(build().stdout).toContain(UP_TO_DATE);
  });

  it('builds again after a source changed', () => {
    write('ormconfig.ts', 'export const price = 450;');

    expect(build().stdout).not.toContain(UP_TO_DATE);
    expect(built()).toContain('450');
  });

  it('builds again after it changed itself', () => {
    appendFileSync(join(directory, 'scripts', 'build.mjs'), '// other options');

    expect(build().stdout).not.toContain(UP_TO_DATE);
  });

  it.each(['', 'export const price = 1;'])('builds again after its output became %j', (content) => {
    write('dist/ormconfig.js', content);

    expect(build().stdout).not.toContain(UP_TO_DATE);
    expect(built()).toContain('400');
  });

  it('keeps the last build if the sources are wrong', () => {
    write('ormconfig.ts', 'export const price: string = 450;');

    const { status, stdout, stderr } = build();

    expect(status).toBe(1);
    expect(stdout).toContain("ormconfig.ts(1,14): error TS2322: Type 'number'");
    expect(stderr).toBe('The build failed: see the errors above\n');
    expect(built()).toContain('400');
  });

  it.each([
    ['the packages are', []],
    ['the bundler is', ['typescript']],
  ])('says that %s missing', (_, present) => {
    for (const name of ['node_modules', 'dist']) rmSync(join(directory, name), { recursive: true });
    mkdirSync(join(directory, 'node_modules'));
    for (const name of present)
      symlinkSync(join(process.cwd(), 'node_modules', name), join(directory, 'node_modules', name));

    expect(build()).toMatchObject({
      status: 1,
      stderr: 'The packages are not installed: run `npm ci` first\n',
    });
  });

  it('says that Node.js is too old', () => {
    const { status, stderr } = build('--import', NODE_18);

    expect(status).toBe(1);
    expect(stderr).toMatch(/^Node\.js 20\.19\.0 or newer is needed, and this is 18\.20\.4: .*\n$/);
  });
});
