import 'reflect-metadata';
import { environment, startProcess } from '#config';
import { openShop } from './shop.js';

await startProcess(async () => {
  const opening = openShop(environment(), '.data');
  let stopping: Promise<void> | undefined;
  // At Ctrl-C the terminal signals us, and npm once more: that must neither cut the stop short nor catch us half open.
  const stop = (): void => {
    stopping ??= opening.then((shop) => shop.stop()).then(() => process.exit(0));
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  const shop = await opening;
  console.log(`
  The shop is open.

  API        ${shop.api}
  OpenAPI    ${shop.api}/docs   (Authorize: manager@example.com / manager123)
  Sandbox    ${shop.sandbox ?? '(real providers)'}
  Data       ${shop.data ?? '(DATABASE_URL)'}

  Ctrl-C stops everything.
`);
});
