import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { Metrics, type Sample } from '#metrics';
import { ConnectionPool } from './connection-pool.js';
import { READ_POOL_NAME, ReadDatabase } from './read-database.js';

type PoolLabel = 'db_client_connection_pool_name';
type StateLabel = PoolLabel | 'db_client_connection_state';

interface Pool {
  labels: Record<PoolLabel, string>;
  pool: ConnectionPool;
}

/** The name that the connections of the primary have in PostgreSQL. */
const POOL_NAME = 'coffee-shop';

/** The use of the connection pools, as metrics. */
@Injectable()
export class PoolMetrics {
  constructor(
    private readonly dataSource: DataSource,
    private readonly reads: ReadDatabase,
    metrics: Metrics,
  ) {
    metrics.gauge<StateLabel>(
      {
        name: 'db_client_connection_count',
        help: 'Connections of a pool',
        labels: ['db_client_connection_pool_name', 'db_client_connection_state'],
      },
      () => this.pools().flatMap(connectionsOf),
    );
    metrics.gauge<PoolLabel>(
      {
        name: 'db_client_connection_pending_requests',
        help: 'Statements and transactions that wait for a connection of the pool',
        labels: ['db_client_connection_pool_name'],
      },
      () => this.pools().map(({ labels, pool }) => ({ labels, value: pool.waitingCount })),
    );
  }

  private pools(): Pool[] {
    return [...poolOf(POOL_NAME, this.dataSource), ...poolOf(READ_POOL_NAME, this.reads.replica)];
  }
}

function poolOf(name: string, dataSource?: DataSource): Pool[] {
  const driver = dataSource?.driver;
  const pool: unknown = driver instanceof PostgresDriver ? driver.master : undefined;
  return pool instanceof ConnectionPool ? [{ labels: { db_client_connection_pool_name: name }, pool }] : [];
}

function connectionsOf({ labels, pool: { totalCount, idleCount } }: Pool): Sample<StateLabel>[] {
  return Object.entries({ used: totalCount - idleCount, idle: idleCount }).map(([state, value]) => ({
    labels: { ...labels, db_client_connection_state: state },
    value,
  }));
}
