export { hashOf, newSecretToken } from './secret-token.js';
export { SessionCleanup } from './session-cleanup.service.js';
export { SESSION_ENTITIES } from './sessions.entities.js';
export { InvalidGrant } from './sessions.errors.js';
export { SessionsModule } from './sessions.module.js';
export { SessionsService, type RefreshableSession } from './sessions.service.js';
