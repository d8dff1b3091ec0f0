import { Controller, Get, ServiceUnavailableException } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { HealthCheck, HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import { DatabaseHealth } from '#database';
import { DomainError } from '#errors';
import { Access } from '../auth/auth.decorators.js';
import { HealthDto } from './dto/health.dto.js';
import { Shutdown, ShuttingDown } from '../http/shutdown.js';
import { Problems } from '../problem/problem.decorators.js';

const DATABASE_TIMEOUT_MS = 2_000;

class NotReady extends DomainError {
  constructor() {
    super('unavailable', 'not_ready', 'The database does not answer or accepts no writes', {
      retryAfterSeconds: 2,
    });
  }
}

@ApiTags('Service')
@Controller('health')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly database: DatabaseHealth,
    private readonly shutdown: Shutdown,
  ) {}

  @Access('GET /health/live')
  @Get('live')
  @HealthCheck({ swaggerDocumentation: false })
  @ApiOperation({ summary: 'Check that the process runs' })
  @ApiOkResponse({ type: HealthDto })
  checkLiveness(): Promise<HealthDto> {
    return this.health.check([]);
  }

  @Access('GET /health/ready')
  @Get('ready')
  @HealthCheck({ swaggerDocumentation: false })
  @ApiOperation({
    summary: 'Check that requests can be served',
    description:
      '503 while PostgreSQL does not answer or is read-only, and when the process is about to end, although it still serves.',
  })
  @ApiOkResponse({ type: HealthDto })
  @Problems(NotReady)
  async checkReadiness(): Promise<HealthDto> {
    if (this.shutdown.leaving.aborted) throw new ShuttingDown();
    try {
      return await this.health.check([
        async () => {
          const indicator = this.indicators.check('database');
          return (await this.database.isWritable(DATABASE_TIMEOUT_MS)) ? indicator.up() : indicator.down();
        },
      ]);
    } catch (error) {
      throw error instanceof ServiceUnavailableException ? new NotReady() : error;
    }
  }
}
