import { createRequire } from 'node:module';

/** The manifest of this package. `#package.json` is the same file for sources and build. */
const manifest: unknown = createRequire(import.meta.url)('#package.json');

export const VERSION =
  typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : 'unknown';
