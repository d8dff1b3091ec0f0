export type { Finding } from './finding.js';
export { FINDINGS, type FindingCode } from './findings.js';
export type { Movement } from './movement.js';
export { ReconciliationModule } from './reconciliation.module.js';
export { ReconciliationService } from './reconciliation.service.js';
export type { Period, Reconciliation, Totals } from './reconciliation.js';
export { readStatement } from './statement-reader.js';
