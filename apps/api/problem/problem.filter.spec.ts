import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import { IncompleteBody } from './http-refusals.js';
import { ProblemFilter } from './problem.filter.js';

describe('ProblemFilter, after the response was sent', () => {
  const host = new ExecutionContextHost([
    { context: { requestId: 'request-1', traceparent: null } },
    { headersSent: true },
  ]);
  const logged: unknown[] = [];

  beforeAll(() => {
    const log = (message: unknown): void => void logged.push(message);
    Logger.overrideLogger({ log, warn: log, error: log });
  });
  beforeEach(() => {
    logged.length = 0;
  });

  it('logs an unexpected error', () => {
    const error = new Error('unexpected');

    new ProblemFilter().catch(error, host);

    expect(logged).toEqual([error]);
  });

  it('does not log a refusal', () => {
    new ProblemFilter().catch(new IncompleteBody(), host);

    expect(logged).toEqual([]);
  });
});
