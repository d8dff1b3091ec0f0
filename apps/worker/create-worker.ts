import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { createLogger, PinoLoggerService } from '#logging';
import { type Config } from '#config';
import { WorkerModule } from './worker.module.js';

/** Starts the worker. Closing it finishes its running work. */
export async function createWorker(config: Config): Promise<INestApplicationContext> {
  return NestFactory.createApplicationContext(WorkerModule.with(config), {
    logger: new PinoLoggerService(createLogger(config)),
    abortOnError: false,
  });
}
