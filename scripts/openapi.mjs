// Writes the OpenAPI document of the built API to openapi.json, and the types that the board's page derives from it.
// With --check it writes nothing and fails if a file is not current.
import 'reflect-metadata';
import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';
import { format, resolveConfig } from 'prettier';
import { Config } from '../dist/libs/config/index.js';
import { previewDocument } from '../dist/apps/api/openapi/document.js';

const DOCUMENT = 'openapi.json';
const TYPES = 'apps/board/api/schema.ts';

// The document needs no database, but the configuration has no default for it.
const config = Config.from({ DATABASE_URL: 'postgresql://nobody@localhost/none' });
const document = await previewDocument(config);
const files = {
  [DOCUMENT]: JSON.stringify(document),
  [TYPES]: `// Generated from ${DOCUMENT} by \`npm run openapi\`.\n${await typesOf(document)}`,
};
for (const [file, content] of Object.entries(files)) {
  const text = await format(content, { ...(await resolveConfig(file)), filepath: file });
  if (!process.argv.includes('--check')) await writeFile(file, text);
  else if (text !== (await readFile(file, 'utf8').catch(() => ''))) fail(file);
}

/** The page learns the prefix of the routes from the server, so that its types have none. */
async function typesOf({ paths, ...rest }) {
  const routes = Object.entries(paths).map(([path, item]) => [path.replace(config.apiPrefix, ''), item]);
  return astToString(await openapiTS({ ...rest, paths: Object.fromEntries(routes) }));
}

function fail(file) {
  console.error(`${file} is not current: run \`npm run openapi\``);
  process.exitCode = 1;
}
