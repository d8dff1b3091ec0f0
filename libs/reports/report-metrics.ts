import { Injectable } from '@nestjs/common';
import { Metrics, type Counter } from '#metrics';

/** What reports find, as metrics of this process. */
@Injectable()
export class ReportMetrics {
  private readonly differences: Counter;

  constructor(metrics: Metrics) {
    this.differences = metrics.counter({
      name: 'day_report_differences_total',
      help: 'Reports that were read of days whose sales and payments differ',
    });
  }

  differs(): void {
    this.differences.inc();
  }
}
