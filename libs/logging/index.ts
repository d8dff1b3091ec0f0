export { createLogger, PinoLoggerService } from './logging.js';
export { requestField } from './request-field.js';
