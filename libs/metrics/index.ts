export type { Counter, Histogram } from 'prom-client';
export { Metrics, type Sample } from './metrics.js';
export { MetricsModule } from './metrics.module.js';
export { serveMetrics } from './metrics-server.js';
