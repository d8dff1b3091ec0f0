export { dataSourceOptions } from './data-source-options.js';
export { isDatabaseUnavailable, violates } from './database-errors.js';
export { DatabaseModule } from './database.module.js';
export { migrate } from './migrate.js';
export { Signals } from './signals.js';
export { Transactions, type Tx } from './transactions.js';
