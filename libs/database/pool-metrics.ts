import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { Metrics, type Sample } from '#metrics';
import { ConnectionPool } from './connection-pool.js';

type PoolLabel = 'db_client_connection_pool_name';
type StateLabel = PoolLabel | 'db_client_connection_state';

/** The name that the pool's connections have in PostgreSQL. */
const POOL = { db_client_connection_pool_name: 'coffee-shop' };

/** The use of the connection pool, as metrics. */
@Injectable()
export class PoolMetrics {
  constructor(
    private readonly dataSource: DataSource,
    metrics: Metrics,
  ) {
    metrics.gauge<StateLabel>(
      {
        name: 'db_client_connection_count',
        help: 'Connections of the pool',
        labels: ['db_client_connection_pool_name', 'db_client_connection_state'],
      },
      () => this.connections(),
    );
    metrics.gauge<PoolLabel>(
      {
        name: 'db_client_connection_pending_requests',
        help: 'Statements and transactions that wait for a connection of the pool',
        labels: ['db_client_connection_pool_name'],
      },
      () => (this.pool ? [{ labels: POOL, value: this.pool.waitingCount }] : []),
    );
  }

  private get pool(): ConnectionPool | undefined {
    const { driver } = this.dataSource;
    const pool: unknown = driver instanceof PostgresDriver ? driver.master : undefined;
    return pool instanceof ConnectionPool ? pool : undefined;
  }

  private connections(): Sample<StateLabel>[] {
    if (!this.pool) return [];
    const { totalCount, idleCount } = this.pool;
    return Object.entries({ used: totalCount - idleCount, idle: idleCount }).map(([state, value]) => ({
      labels: { ...POOL, db_client_connection_state: state },
      value,
    }));
  }
}
