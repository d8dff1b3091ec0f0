export type { DayReport } from './day-report.js';
export { DayReportsService } from './day-reports.service.js';
export { ReportsModule } from './reports.module.js';
