import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { SandboxModule } from './sandbox.module.js';

/** Creates the sandbox, ready to listen. Closing it also breaks connections that wait for a response. */
export function createSandbox(): Promise<INestApplication> {
  return NestFactory.create(SandboxModule, {
    logger: ['error', 'warn'],
    abortOnError: false,
    forceCloseConnections: true,
  });
}
