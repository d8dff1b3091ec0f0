export type { Counter, Histogram } from 'prom-client';
export { Metrics, type Sample } from './metrics.js';
export { MetricsModule } from './metrics.module.js';
export { serveMetrics, type HealthChecks } from './metrics-server.js';
