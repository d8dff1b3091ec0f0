import { readFile } from 'node:fs/promises';
import type { OpenApiDocument } from '../support/openapi-document.js';
import { changesOf } from './document-changes.js';

async function documentIn(file: string): Promise<OpenApiDocument> {
  return JSON.parse(await readFile(file, 'utf8')) as OpenApiDocument;
}

describe('openapi.json', () => {
  it('breaks no client of the baseline of 1.0.0, see CONTRIBUTING.md', async () => {
    const [released, current] = await Promise.all(
      ['test/openapi/released.json', 'openapi.json'].map(documentIn),
    );

    expect(changesOf(released!, current!).breaking).toEqual([]);
  });
});
