export { createLogger, PinoLoggerService } from './logging.js';
