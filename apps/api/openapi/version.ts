import { createRequire } from 'node:module';

/** The package's version: `#package.json` is the same file for the sources and for the build. */
const manifest: unknown = createRequire(import.meta.url)('#package.json');

export const VERSION =
  typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : 'unknown';
