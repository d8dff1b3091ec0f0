export { AUDIT_ENTITIES } from './audit.entities.js';
export { AuditLog, type AuditedChange } from './audit-log.service.js';
export { AuditModule } from './audit.module.js';
