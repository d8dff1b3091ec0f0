import 'reflect-metadata';
import { StartupError } from '#config';
import { seedUsers } from './development-seed.js';
import { runSeed } from './seed.js';

await runSeed(async (context, config) => {
  if (config.isProduction) {
    throw new StartupError(
      'seed:users must not run in production: it adds users with publicly known passwords',
    );
  }
  await seedUsers(context);
});
