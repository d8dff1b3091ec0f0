import 'reflect-metadata';
import { seedCatalog } from './development-seed.js';
import { runSeed } from './seed.js';

await runSeed(seedCatalog);
