export { CoalescedSignal } from './coalesced-signal.js';
export { assertMigrated } from './assert-migrated.js';
export { columnList, selectList } from './columns.js';
export {
  hadNoEffect,
  isDatabaseUnavailable,
  isMissingReference,
  isUndefinedTable,
  isUniqueViolation,
} from './database-errors.js';
export { DatabaseHealth } from './database-health.js';
export { DatabaseModule } from './database.module.js';
export { deleteInBatches } from './delete-in-batches.js';
export { literals } from './literals.js';
export { migrate, MigrationDataSource, withStartupLock } from './migrate.js';
export { newId } from './new-id.js';
export { pageClauses, type PageCursor, type PageRequest } from './page.js';
export { PgPubSub } from './pg-pub-sub.js';
export { preparedStatement, PreparedStatements, type PreparedStatement } from './prepared-statements.js';
export { ReadDatabase, type Reader } from './read-database.js';
export { retryWhileDatabaseIsUnavailable } from './retry-while-unavailable.js';
export { toSafeNumber } from './safe-number.js';
export { SignalledCache, type Reading } from './signalled-cache.js';
export { StatementClient } from './statement-client.js';
export { Transactions, type Tx } from './transactions.js';
export { snakeCase } from './snake-case.naming.js';
export { waitForDatabase } from './wait-for-database.js';
