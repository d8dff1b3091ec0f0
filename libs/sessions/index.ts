export { SESSION_ENTITIES } from './sessions.entities.js';
export { SessionsModule } from './sessions.module.js';
export { SessionsService } from './sessions.service.js';
