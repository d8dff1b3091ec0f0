import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { VERSION } from '#config';

interface MetricOptions<Label extends string> {
  /** Follows OpenTelemetry's semantic conventions if they have one. */
  name: string;
  help: string;
  /** Their values are few and known: never an id, an address or a path. */
  labels?: readonly Label[];
}

/** A value of a gauge at the time of the scrape. */
export interface Sample<Label extends string = never> {
  labels?: Record<Label, string>;
  value: number;
}

type Read<Label extends string> = () => Sample<Label>[] | Promise<Sample<Label>[]>;

/** In seconds, as OpenTelemetry advises for the durations of requests. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

/**
 * The metrics of one application, or of several in one process, which then share them: a name that exists is the same metric, and a
 * gauge is the sum of what its readers return.
 */
export class Metrics {
  private readonly registry = new Registry();
  private readonly readers = new Map<string, Read<string>[]>();

  readonly contentType = this.registry.contentType;

  counter<Label extends string = never>({ name, help, labels = [] }: MetricOptions<Label>): Counter<Label> {
    const existing = this.registry.getSingleMetric(name);
    if (existing instanceof Counter) return existing;
    return new Counter({ name, help, labelNames: labels, registers: [this.registry] });
  }

  /** Of durations in seconds. */
  histogram<Label extends string = never>({
    name,
    help,
    labels = [],
  }: MetricOptions<Label>): Histogram<Label> {
    const existing = this.registry.getSingleMetric(name);
    if (existing instanceof Histogram) return existing;
    return new Histogram({ name, help, labelNames: labels, buckets: BUCKETS, registers: [this.registry] });
  }

  /** @param read is called at each scrape and never throws; a label without a sample is absent */
  gauge<Label extends string = never>(
    { name, help, labels = [] }: MetricOptions<Label>,
    read: Read<Label>,
  ): void {
    const readers = this.readers.get(name);
    if (readers) {
      readers.push(read);
      return;
    }
    const all: Read<string>[] = [read];
    this.readers.set(name, all);
    const collect = async (): Promise<void> => {
      const samples = (await Promise.all(all.map(async (readSamples) => readSamples()))).flat();
      gauge.reset();
      // A gauge without labels would be 0 after the reset.
      if (labels.length === 0) gauge.remove();
      for (const { labels: values = {}, value } of samples) gauge.inc(values, value);
    };
    const gauge = new Gauge<string>({ name, help, labelNames: labels, registers: [this.registry], collect });
  }

  /** Begins to measure the process itself: event loop, garbage collection, memory. */
  measureProcess(): void {
    this.gauge({ name: 'coffee_shop_build_info', help: 'Always 1', labels: ['version', 'node'] }, () => [
      { labels: { version: VERSION, node: process.version }, value: 1 },
    ]);
    collectDefaultMetrics({ register: this.registry });
  }

  /** Returns all metrics in Prometheus' text format. */
  text(): Promise<string> {
    return this.registry.metrics();
  }
}
