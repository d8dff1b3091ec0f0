import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Injectable, Logger, type INestApplicationContext, type OnApplicationShutdown } from '@nestjs/common';
import { listen, type ListenAddress } from '#config';
import { Metrics } from './metrics.js';

const PATH = '/metrics';
const METHODS = ['GET', 'HEAD'];
/** In ms. Longer idle times than the interval of a scrape, so that its connection is used again. */
const LIMITS = { headersTimeout: 5_000, requestTimeout: 10_000, keepAliveTimeout: 65_000 };
const MAX_CONNECTIONS = 20;
/** How long a client may take to read a response, in ms. */
const STALLED_MS = 10_000;
const CLOSE_GRACE_MS = 1_000;
const HEALTH_HEADERS = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' };

/** By path: what is not well, in words. Nothing if all is well. */
export type HealthChecks = Record<string, () => string[] | Promise<string[]>>;

/** Serves the metrics of an application to Prometheus, and health checks, on a separate port without access control. */
@Injectable()
export class MetricsServer implements OnApplicationShutdown {
  private readonly log = new Logger(MetricsServer.name);
  private readonly server = createServer(
    LIMITS,
    (request, response) => void this.respond(request, response),
  ).setTimeout(STALLED_MS);

  checks: HealthChecks = {};

  constructor(private readonly metrics: Metrics) {
    this.server.maxConnections = MAX_CONNECTIONS;
    this.server.once('listening', () => metrics.measureProcess());
  }

  /** Called by `listen`. */
  getHttpServer(): Server {
    return this.server;
  }

  /** Metrics are served until everything else has ended. */
  async onApplicationShutdown(): Promise<void> {
    const grace = setTimeout(() => this.server.closeAllConnections(), CLOSE_GRACE_MS);
    // Fails if it does not listen.
    await new Promise((resolve) => this.server.close(resolve));
    clearTimeout(grace);
  }

  private async respond({ url = '', method = '' }: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path = ''] = url.split('?');
    const check = Object.hasOwn(this.checks, path) ? this.checks[path] : undefined;
    try {
      if (path !== PATH && !check) response.writeHead(404).end();
      else if (!METHODS.includes(method)) response.writeHead(405, { Allow: METHODS.join(', ') }).end();
      else if (check) this.tell(path, await check(), response);
      else response.setHeader('Content-Type', this.metrics.contentType).end(await this.metrics.text());
    } catch (error) {
      this.log.error(error);
      response.writeHead(500).end();
    }
  }

  private tell(path: string, problems: string[], response: ServerResponse): void {
    if (problems.length > 0) this.log.error('A health check failed', { path, problems });
    response.writeHead(problems.length > 0 ? 503 : 200, HEALTH_HEADERS);
    response.end(JSON.stringify(problems.length > 0 ? { status: 'error', problems } : { status: 'ok' }));
  }
}

/**
 * Serves the metrics of `app` and these checks at `address`. Returns the URL of the metrics.
 * @throws StartupError if it cannot listen there
 */
export async function serveMetrics(
  app: INestApplicationContext,
  address: ListenAddress,
  checks: HealthChecks = {},
): Promise<string> {
  const server = app.get(MetricsServer, { strict: false });
  server.checks = checks;
  return `${await listen(server, address)}${PATH}`;
}
