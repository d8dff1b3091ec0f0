import type { INestApplicationContext } from '@nestjs/common';
import { PortTaken, type Config, type ListenAddress } from '#config';
import { serveMetrics } from '#metrics';

/** The port of OpenTelemetry's Prometheus exporters. */
const DEFAULT_PORT = 9464;

/**
 * Serves the metrics at METRICS_PORT, by default at 9464 or, if that is taken, at a free port. Returns their URL.
 * @throws StartupError if they cannot be served at METRICS_PORT
 */
export async function serveMetricsWithFallback(
  app: INestApplicationContext,
  { metricsAddress, address }: Config,
): Promise<string> {
  if (metricsAddress) return serveMetrics(app, metricsAddress);
  const assumed: ListenAddress = { ...address, port: DEFAULT_PORT, portVariable: 'METRICS_PORT' };
  try {
    return await serveMetrics(app, assumed);
  } catch (error) {
    if (!(error instanceof PortTaken)) throw error;
    return serveMetrics(app, { ...assumed, port: 0 });
  }
}
