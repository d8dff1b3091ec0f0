import { Module } from '@nestjs/common';
import { DayReportsRepository } from './day-reports.repository.js';
import { DayReportsService } from './day-reports.service.js';

/** What the shop sold and what it was paid. Only reads. */
@Module({
  providers: [DayReportsService, DayReportsRepository],
  exports: [DayReportsService],
})
export class ReportsModule {}
