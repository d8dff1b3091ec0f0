import 'reflect-metadata';
import { startProcess } from '#config';
import { withContext } from './command-context.js';
import { seedCatalog } from './development-seed.js';

await startProcess(() =>
  withContext(async (context) => {
    const added = await seedCatalog(context);
    console.log(added > 0 ? `Added ${added} products.` : 'Added nothing: there already were products.');
  }),
);
