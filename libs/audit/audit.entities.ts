import { AuditEntry } from './audit-entry.entity.js';

/** Every entity of this lib. Its module and ormconfig.ts register them. */
export const AUDIT_ENTITIES = [AuditEntry];
