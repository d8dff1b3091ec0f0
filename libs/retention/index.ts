export { RETENTION_ENTITIES } from './retention.entities.js';
export { RetentionCleanup } from './retention-cleanup.service.js';
export { RetentionModule } from './retention.module.js';
