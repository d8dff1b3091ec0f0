export { Config, environment, InvalidConfiguration, type ProviderIdempotency } from './config.js';
export { DomainError, type ErrorKind, type FieldError } from './domain-error.js';
export { createLogger, PinoLoggerService } from './logging.js';
export { PlatformModule } from './platform.module.js';
export { Failpoint } from './failpoint.js';
export type { PageEnd, PageRequest } from './page.js';
export { readProviderBody } from './provider-body.js';
export { StartRefused, startProcess } from './start.js';
export { findUnstorable } from './storable-json.js';
