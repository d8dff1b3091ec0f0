import { CleanupPosition } from './cleanup-position.entity.js';

/** Every entity of this lib. Its module and ormconfig.ts register them. */
export const RETENTION_ENTITIES = [CleanupPosition];
