import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { createLogger, PinoLoggerService } from '#logging';
import { type Config } from '#config';
import type { Metrics } from '#metrics';
import { WorkerModule } from './worker.module.js';

/**
 * Creates the worker, which works as soon as its WorkerService is started. Closing it finishes its running work.
 * @param metrics those of the API if that runs in the same process, so that it shows them
 */
export async function createWorker(config: Config, metrics?: Metrics): Promise<INestApplicationContext> {
  return NestFactory.createApplicationContext(WorkerModule.with(config, metrics), {
    logger: new PinoLoggerService(createLogger(config)),
    abortOnError: false,
  });
}
