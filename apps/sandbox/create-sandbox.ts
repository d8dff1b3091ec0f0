import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { SandboxModule } from './sandbox.module.js';

/** Builds the sandbox, ready to listen; closing it breaks the connections that it keeps waiting. */
export function createSandbox(): Promise<INestApplication> {
  return NestFactory.create(SandboxModule, {
    logger: ['error', 'warn'],
    abortOnError: false,
    forceCloseConnections: true,
  });
}
