// Runs on old versions too: it uses nothing that Node.js 14 does not have, and imports nothing else.
import { readFileSync } from 'fs';

const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const needed = engines.node.match(/\d+/g).map(Number);
const present = process.versions.node.split('.').map(Number);
const firstDifference = needed.map((number, index) => present[index] - number).find((number) => number !== 0);
if (firstDifference < 0) {
  console.error(
    `Node.js ${needed.join('.')} or newer is needed, and this is ${process.versions.node}: install one from https://nodejs.org`,
  );
  process.exit(1);
}
