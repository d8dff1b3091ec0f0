import { Module } from '@nestjs/common';
import { DayReportsRepository } from './day-reports.repository.js';
import { DayReportsService } from './day-reports.service.js';
import { ReportMetrics } from './report-metrics.js';

/** The sales, payments and refunds of a day. Only reads. */
@Module({
  providers: [DayReportsService, DayReportsRepository, ReportMetrics],
  exports: [DayReportsService],
})
export class ReportsModule {}
