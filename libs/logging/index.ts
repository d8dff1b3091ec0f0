export { createLogger, PinoLoggerService } from './logging.js';
export { requestFields } from './request-fields.js';
