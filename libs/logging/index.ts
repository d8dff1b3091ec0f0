export { createLogger, PinoLoggerService } from './logging.js';
export { requestFields, traceField } from './request-fields.js';
