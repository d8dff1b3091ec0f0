export { AUDIT_ACTIONS, type AuditAction } from './audit-action.js';
export type { AuditEntry } from './audit-entry.entity.js';
export { AUDIT_ENTITIES } from './audit.entities.js';
export { AuditLog } from './audit-log.service.js';
export { insertEntry } from './audit-log.sql.js';
export { entryParameter, type AuditedChange } from './audited-change.js';
export { AuditModule } from './audit.module.js';
