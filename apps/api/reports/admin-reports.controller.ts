import { Controller, Get, Param, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { DayReportsService } from '#reports';
import { Access } from '../auth/auth.decorators.js';
import { MalformedPath } from '../problem/http-refusals.js';
import { invalidField, Problems } from '../problem/problem.decorators.js';
import { LOCAL_DATE_MESSAGE } from '../times/local-date.js';
import { CsvInterceptor } from './csv.interceptor.js';
import { DayDto } from './dto/day.dto.js';
import { ApiDayReport, DayReportDto } from './dto/day-report.dto.js';

@ApiTags('Reports')
@Controller('admin/reports')
export class AdminReportsController {
  constructor(private readonly reports: DayReportsService) {}

  @Access('GET /admin/reports/days/{date}')
  @Get('days/:date')
  @UseInterceptors(CsvInterceptor)
  @ApiOperation({
    summary: "Show a day's sales, payments and refunds",
    description:
      'All amounts are in cents. `from` and `to` say when the day begins and ends. Choose `text/csv` as the media type to get a table for a spreadsheet. Once a day is over, only `in_doubt` changes. If `difference_cents` is not 0, something is wrong: tell the operators.',
  })
  @ApiDayReport()
  @Problems(MalformedPath, invalidField('date', LOCAL_DATE_MESSAGE.replace('$property', 'date')))
  async getDayReport(@Param() { date }: DayDto): Promise<DayReportDto> {
    return DayReportDto.from(await this.reports.get(date));
  }
}
