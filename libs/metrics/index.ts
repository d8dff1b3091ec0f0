export type { Counter, Histogram } from 'prom-client';
export { Metrics, type MetricOptions, type Sample } from './metrics.js';
export { MetricsModule } from './metrics.module.js';
export { serveMetrics } from './metrics-server.js';
