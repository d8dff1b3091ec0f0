import ts from 'typescript';
import { FOLDER, readManifests, type Manifest } from './manifests.js';

/** A source that exists in memory only. */
const SOURCE = 'manifests-as-typescript.ts';
const OPTIONS: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  types: [],
  lib: ['lib.es5.d.ts'],
};

/** Returns the module of the package kubernetes-types that has the types of an `apiVersion`. */
function moduleOf(apiVersion: string): string {
  const [group = '', version] = apiVersion.includes('/') ? apiVersion.split('/') : ['core', apiVersion];
  return `kubernetes-types/${group.replace('.k8s.io', '')}/${version}`;
}

/** Returns what Kubernetes' types, which are made from its OpenAPI document, say against the manifests. */
function complaints(manifests: Manifest[]): string[] {
  const lines = manifests.map(
    ({ file: _, ...manifest }) =>
      `(${JSON.stringify(manifest)}) satisfies import('${moduleOf(manifest.apiVersion)}').${manifest.kind};`,
  );
  const host = ts.createCompilerHost(OPTIONS);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) =>
    name.endsWith(SOURCE)
      ? ts.createSourceFile(name, lines.join('\n'), ts.ScriptTarget.ES2022)
      : read(name, ...rest);
  const program = ts.createProgram([SOURCE], OPTIONS, host);
  return ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
    const line = file?.getLineAndCharacterOfPosition(start).line ?? 0;
    const { file: name, kind } = manifests[line] ?? {};
    return `${FOLDER}/${name}: ${kind}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}

describe('the manifests of Kubernetes', () => {
  it('have all members that their kinds require, of the right type, and no others', async () => {
    expect(complaints(await readManifests())).toEqual([]);
  });

  it('are refused with a misspelled or a mistyped member', async () => {
    const [job] = (await readManifests()).filter(({ kind }) => kind === 'Job');
    const text = JSON.stringify(job);
    const broken = [
      text.replace('readOnlyRootFilesystem', 'readOnlyRootFileSystem'),
      text.replace('"template"', '"tmplate"'),
      text.replace('"backoffLimit":3', '"backoffLimit":"3"'),
    ].map((changed) => JSON.parse(changed) as Manifest);

    expect(complaints(broken)).toEqual([
      expect.stringContaining('readOnlyRootFileSystem'),
      expect.stringContaining('tmplate'),
      expect.stringContaining("Type 'string' is not assignable to type 'number'"),
    ]);
  });
});
