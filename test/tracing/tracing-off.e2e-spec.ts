import { execFile } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

describe('a program without OTEL_EXPORTER_OTLP_ENDPOINT', () => {
  it('loads nothing of the SDK', async () => {
    const imports = ['api/create-api', 'worker/create-worker'].map(
      (name) => `await import('${pathToFileURL(`dist/apps/${name}.js`).href}');`,
    );
    const script = `
      import { createRequire } from 'node:module';
      ${imports.join('\n')}
      const loaded = Object.keys(createRequire('${import.meta.url}').cache);
      console.log(JSON.stringify(loaded.filter((file) => file.includes('node_modules'))));`;
    const argv = ['--input-type=module', '-e', script];

    const { stdout } = await promisify(execFile)(process.execPath, argv, { env: {} });

    const files = JSON.parse(stdout) as string[];
    expect(files).toContainEqual(expect.stringContaining('node_modules/pg/'));
    // prom-client loads the API of OpenTelemetry, which does nothing without an SDK.
    expect(files.filter((file) => /@opentelemetry.(?!api.)/.test(file))).toEqual([]);
  });
});
