// Writes the OpenAPI document of the built API to openapi.json, and what is derived from it for clients.
// With --check it writes nothing and fails if a file is not current.
import 'reflect-metadata';
import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';
import { format, resolveConfig } from 'prettier';
import { Config } from '../dist/libs/config/index.js';
import { previewDocument } from '../dist/apps/api/openapi/document.js';
import { httpFile } from './openapi/http-file.mjs';
import { postmanCollection } from './openapi/postman-collection.mjs';

const DOCUMENT = 'openapi.json';
const NOTE = `Generated from ${DOCUMENT} by \`npm run openapi\`.`;

// The document needs no database, but the configuration has no default for it.
const config = Config.from({ DATABASE_URL: 'postgresql://nobody@localhost/none' });
const document = await previewDocument(config);
const files = {
  [DOCUMENT]: JSON.stringify(document),
  'clients/typescript/src/schema.ts': `// ${NOTE}\n${await typesOf(document)}`,
  'clients/postman/collection.json': JSON.stringify(await postmanCollection(document, NOTE)),
  'clients/coffee-shop.http': httpFile(document, NOTE),
};
for (const [file, content] of Object.entries(files)) {
  const text = await formatted(file, content);
  if (!process.argv.includes('--check')) await writeFile(file, text);
  else if (text !== (await readFile(file, 'utf8').catch(() => ''))) fail(file);
}

/** Clients know the prefix of the routes from their base URL, so that the types have none. */
async function typesOf({ paths, ...rest }) {
  const routes = Object.entries(paths)
    .filter(([path]) => path.startsWith(config.apiPrefix))
    .map(([path, item]) => [path.slice(config.apiPrefix.length), item]);
  return astToString(await openapiTS({ ...rest, paths: Object.fromEntries(routes) }));
}

async function formatted(file, content) {
  const options = { ...(await resolveConfig(file)), filepath: file };
  return file.endsWith('.http') ? content : format(content, options);
}

function fail(file) {
  console.error(`${file} is not current: run \`npm run openapi\``);
  process.exitCode = 1;
}
