import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Config } from '#config';
import { dataSourceOptions } from './data-source-options.js';
import { isDatabaseUnavailable, isOverload, isSchemaOutdated } from './database-errors.js';
import { messageOf } from './error-message.js';

/** How long a replica that failed is left alone. Then one reading tries it. */
const RETRY_AFTER_MS = 10_000;
const MAX_LAG_SECONDS = 10;
/**
 * A standby without commits to replay looks the same as one that is cut off. Such a time does not occur: each process commits a heartbeat
 * every second (PgPubSub), and a notification has a commit of its own in the log.
 */
const IS_BEHIND = `
  SELECT pg_is_in_recovery()
     AND coalesce(clock_timestamp() - pg_last_xact_replay_timestamp() > interval '${MAX_LAG_SECONDS} seconds', true) AS "isBehind"`;

/** The name that the connections have in PostgreSQL. */
export const READ_POOL_NAME = 'coffee-shop reads';

/** Reads through it see what is committed, or what was seconds ago. */
export type Reader = EntityManager;

class ReplicaUnusable extends Error {}

/**
 * The database of DATABASE_READ_URL, for lists and reports. While it is away or more than MAX_LAG_SECONDS behind, they read from the
 * primary. Connects with the first reading, so that a replica that is away does not keep a process from its start.
 */
@Injectable()
export class ReadDatabase implements OnApplicationShutdown {
  /** Undefined if reads go to the primary. */
  readonly replica: DataSource | undefined;
  private readonly log = new Logger(ReadDatabase.name);
  private connecting: Promise<unknown> | undefined;
  private isLost = false;
  /** In ms of `performance.now()`. */
  private retryAt = 0;

  constructor(
    private readonly primary: DataSource,
    { databaseUrl, readDatabaseUrl, databasePoolSize }: Config,
  ) {
    if (readDatabaseUrl === databaseUrl) return;
    const { entities } = primary.options;
    this.replica = new DataSource({
      ...dataSourceOptions(readDatabaseUrl, databasePoolSize),
      entities,
      applicationName: READ_POOL_NAME,
    });
  }

  /** Runs `work`, which only reads. Runs it once more, on the primary, if the replica fails. */
  async run<Result>(work: (reader: Reader) => Promise<Result>): Promise<Result> {
    const now = performance.now();
    if (!this.replica || now < this.retryAt) return work(this.primary.manager);
    if (this.isLost) this.retryAt = now + RETRY_AFTER_MS;
    try {
      const result = await this.runOn(this.replica, work);
      if (this.isLost) this.log.log('Lists and reports are read from the replica again');
      this.isLost = false;
      this.retryAt = 0;
      return result;
    } catch (error) {
      if (!isFaultOfReplica(error)) throw error;
      this.avoid(error);
      return work(this.primary.manager);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.replica?.isInitialized) await this.replica.destroy();
  }

  private async runOn<Result>(
    replica: DataSource,
    work: (reader: Reader) => Promise<Result>,
  ): Promise<Result> {
    if (!replica.isInitialized) await this.connect(replica);
    // One connection: others may lead to another replica.
    const connection = replica.createQueryRunner();
    try {
      const [state] = await connection.manager.query<{ isBehind: boolean }[]>(IS_BEHIND);
      if (state?.isBehind) throw new ReplicaUnusable(`It is more than ${MAX_LAG_SECONDS} s behind`);
      return await work(connection.manager);
    } finally {
      await connection.release();
    }
  }

  private async connect(replica: DataSource): Promise<void> {
    this.connecting ??= replica.initialize().finally(() => (this.connecting = undefined));
    await this.connecting.catch((error: unknown) => {
      throw new ReplicaUnusable(messageOf(error));
    });
  }

  private avoid(error: unknown): void {
    this.retryAt = performance.now() + RETRY_AFTER_MS;
    if (this.isLost) return;
    this.isLost = true;
    this.log.warn('Lists and reports are read from the primary, because the replica failed', {
      reason: messageOf(error),
    });
  }
}

/** Not overload: it would move to the primary. */
function isFaultOfReplica(error: unknown): boolean {
  if (error instanceof ReplicaUnusable || isSchemaOutdated(error)) return true;
  return isDatabaseUnavailable(error) && !isOverload(error);
}
