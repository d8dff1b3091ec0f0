// Runs before the programs of dist/ that do not build it.
import './check-node.mjs';
import { existsSync } from 'node:fs';

if (!existsSync(new URL('../dist/apps', import.meta.url))) {
  console.error('There is no build yet: run `npm run build` first');
  process.exit(1);
}
