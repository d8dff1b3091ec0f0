import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { Request, Response } from 'express';
import { map, type Observable } from 'rxjs';
import { toCsv } from './day-report-csv.js';
import type { DayReportDto } from './dto/day-report.dto.js';

const CSV = 'text/csv';

/** Sends a day report as CSV to clients that prefer that to JSON (RFC 9110, 12.5.1). All others get JSON. */
@Injectable()
export class CsvInterceptor implements NestInterceptor<DayReportDto, DayReportDto | string> {
  intercept(context: ExecutionContext, next: CallHandler<DayReportDto>): Observable<DayReportDto | string> {
    const http = context.switchToHttp();
    const response = http.getResponse<Response>();
    response.vary('Accept');
    if (http.getRequest<Request>().accepts('application/json', CSV) !== CSV) return next.handle();
    return next.handle().pipe(
      map((report) => {
        response.type(CSV).setHeader('Content-Disposition', `attachment; filename="day-${report.date}.csv"`);
        return toCsv(report);
      }),
    );
  }
}
