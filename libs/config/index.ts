export { ConfigModule } from './config.module.js';
export { Config, environment, isProductionEnvironment, sandboxAddress } from './config.js';
export { databaseServers, type SessionTarget } from './database-servers.js';
export { Environment, type ProviderIdempotency } from './environment.js';
export { Failpoint } from './failpoint.js';
export { listen, PortTaken, type ListenAddress } from './listen.js';
export { startProcess } from './start-process.js';
export { StartupError } from './startup-error.js';
export { VERSION } from './version.js';
