export { createLogger, PinoLoggerService } from './logging.js';
export { bindToRequest, runOutsideRequests, runWithRequestId } from './request-context.js';
