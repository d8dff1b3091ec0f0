import { Injectable } from '@nestjs/common';
import { DatabaseHealth } from '#database';
import type { HealthChecks } from '#metrics';
import { WorkerService } from './worker.service.js';

const DATABASE_TIMEOUT_MS = 2_000;

/** Whether the worker works. Nobody sends it requests, so that its health is beside its metrics. */
@Injectable()
export class WorkerHealth {
  constructor(
    private readonly worker: WorkerService,
    private readonly database: DatabaseHealth,
  ) {}

  /** Stays live without the database: a restart would lose the outcomes of charges that wait to be written. */
  readonly checks: HealthChecks = {
    '/health/live': () => this.worker.stuckLoops.map((name) => `${name} is stuck`),
    '/health/ready': async () =>
      (await this.database.isWritable(DATABASE_TIMEOUT_MS))
        ? []
        : ['The database does not answer or accepts no writes'],
  };
}
