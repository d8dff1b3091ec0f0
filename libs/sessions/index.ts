export { SESSION_ENTITIES } from './sessions.entities.js';
export { SessionsModule } from './sessions.module.js';
