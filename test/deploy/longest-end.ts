import { CONNECTION_LIMITS } from '../../apps/api/http/connection-limits.js';

/** In ms: running requests end, then what they left to write, the metrics and the database connections. */
export const LONGEST_END_MS = CONNECTION_LIMITS.closeGraceMs + 3_000;
