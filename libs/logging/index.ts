export { createLogger, PinoLoggerService } from './logging.js';
export { bindToRequest, runWithRequestId } from './request-context.js';
