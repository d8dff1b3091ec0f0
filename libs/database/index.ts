export { dataSourceOptions } from './data-source-options.js';
export { isDatabaseUnavailable, isUniqueViolation } from './database-errors.js';
export { DatabaseModule } from './database.module.js';
export { migrate } from './migrate.js';
export { newId } from './new-id.js';
export type { PageCursor, PageRequest } from './page.js';
export { PgPubSub } from './pg-pub-sub.js';
export { Transactions, type Tx } from './transactions.js';
