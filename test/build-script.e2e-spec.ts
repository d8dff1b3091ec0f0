import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const UP_TO_DATE = 'The build is up to date';
const COPIED = ['scripts', 'package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];
/** Pretends to be an old version. */
const NODE_18 = `data:text/javascript,Object.defineProperty(process, 'versions', { value: { node: '18.20.4' } })`;

let directory: string;

beforeEach(() => {
  // A name that a shell would change.
  directory = mkdtempSync(join(tmpdir(), 'coffee $HOME shop-'));
  for (const name of COPIED) cpSync(name, join(directory, name), { recursive: true });
  symlinkSync(join(process.cwd(), 'node_modules'), join(directory, 'node_modules'));
  write('ormconfig.ts', 'export const price = 400;');
});
afterEach(() => rmSync(directory, { recursive: true }));

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
    expect(build().stdout).toContain('Built in');
    expect(built()).toContain('400');

    expect(build().stdout).toContain(UP_TO_DATE);
  });

  it('builds again after a source changed', () => {
    build();
    write('ormconfig.ts', 'export const price = 450;');

    expect(build().stdout).not.toContain(UP_TO_DATE);
    expect(built()).toContain('450');
  });

  it.each(['', 'export const price = 1;'])('builds again after its output became %j', (content) => {
    build();
    write('dist/ormconfig.js', content);

    expect(build().stdout).not.toContain(UP_TO_DATE);
    expect(built()).toContain('400');
  });

  it('keeps the last build if the sources are wrong', () => {
    build();
    write('ormconfig.ts', 'export const price: string = 450;');

    const { status, stdout, stderr } = build();

    expect(status).toBe(1);
    expect(stdout).toContain("ormconfig.ts(1,14): error TS2322: Type 'number'");
    expect(stderr).toBe('The build failed: see the errors above\n');
    expect(built()).toContain('400');
  });

  it('says that the packages are missing', () => {
    rmSync(join(directory, 'node_modules'));

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
