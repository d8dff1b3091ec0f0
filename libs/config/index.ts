export { ConfigModule } from './config.module.js';
export { Config, environment, InvalidConfiguration, type ProviderIdempotency } from './config.js';
export { Failpoint } from './failpoint.js';
export { StartupError, startProcess } from './start-process.js';
