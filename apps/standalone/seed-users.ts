import 'reflect-metadata';
import { StartupError } from '#config';
import { seedUsers } from './development-seed.js';
import { runSeed } from './seed.js';

await runSeed(async (context, config) => {
  if (config.isProduction)
    throw new StartupError('seed:users adds users whose passwords everybody knows: not in production');
  await seedUsers(context);
});
