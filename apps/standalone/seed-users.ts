import 'reflect-metadata';
import { StartupError, startProcess } from '#config';
import { withContext } from './command-context.js';
import { seedUsers } from './development-seed.js';

await startProcess(() =>
  withContext(async (context, config) => {
    if (config.isProduction) {
      throw new StartupError(
        'seed:users must not run in production: it adds users with publicly known passwords',
      );
    }
    const added = await seedUsers(context);
    console.log(added > 0 ? `Added ${added} users.` : 'Added nothing: there already are users.');
  }),
);
