import 'reflect-metadata';
import { environment, startProcess } from '#platform';
import { openShop } from './shop.js';

await startProcess(async () => {
  const shop = await openShop(environment(), '.data');
  const stop = (): void => void shop.stop().then(() => process.exit(0));
  process.once('SIGINT', stop).once('SIGTERM', stop);
  console.log(`
  The shop is open.

  API        ${shop.api}
  OpenAPI    ${shop.api}/docs   (Authorize: manager@example.com / manager123)
  Sandbox    ${shop.sandbox ?? '(real providers)'}
  Data       ${shop.data ?? '(DATABASE_URL)'}

  Ctrl-C stops everything.
`);
});
