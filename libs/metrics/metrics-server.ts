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

/** Serves the metrics of an application to Prometheus, on a separate port without access control. */
@Injectable()
export class MetricsServer implements OnApplicationShutdown {
  private readonly log = new Logger(MetricsServer.name);
  private readonly server = createServer(
    LIMITS,
    (request, response) => void this.respond(request, response),
  ).setTimeout(STALLED_MS);

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
    const [path] = url.split('?');
    if (path !== PATH) response.writeHead(404).end();
    else if (!METHODS.includes(method)) response.writeHead(405, { Allow: METHODS.join(', ') }).end();
    else await this.show(response);
  }

  private async show(response: ServerResponse): Promise<void> {
    try {
      const text = await this.metrics.text();
      response.setHeader('Content-Type', this.metrics.contentType).end(text);
    } catch (error) {
      this.log.error(error);
      response.writeHead(500).end();
    }
  }
}

/**
 * Serves the metrics of `app` at `address` and returns the URL.
 * @throws StartupError if it cannot listen there
 */
export async function serveMetrics(app: INestApplicationContext, address: ListenAddress): Promise<string> {
  return `${await listen(app.get(MetricsServer, { strict: false }), address)}${PATH}`;
}
