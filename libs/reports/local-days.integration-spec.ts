import { Config } from '#config';
import { Transactions } from '#database';
import { Metrics } from '#metrics';
import { PastDays } from '../../test/support/past-days.js';
import { TestApp } from '../../test/support/test-app.js';
import type { DayReport } from './day-report.js';
import { DayReportsRepository } from './day-reports.repository.js';
import { DayReportsService } from './day-reports.service.js';
import { ReportMetrics } from './report-metrics.js';

/** Days and their hours. The clocks go forward on 2026-03-29 in Berlin and on 2026-03-08 in New York. */
const DAYS: [zone: string, startsAt: string, date: string, from: string, to: string, hours: number][] = [
  ['UTC', '00:00', '2026-11-30', '2026-11-30T00:00Z', '2026-12-01T00:00Z', 24],
  ['Europe/Berlin', '00:00', '2026-03-29', '2026-03-28T23:00Z', '2026-03-29T22:00Z', 23],
  ['Europe/Berlin', '00:00', '2026-10-25', '2026-10-24T22:00Z', '2026-10-25T23:00Z', 25],
  ['Europe/Berlin', '04:00', '2026-03-28', '2026-03-28T03:00Z', '2026-03-29T02:00Z', 23],
  ['Europe/Berlin', '04:00', '2026-03-29', '2026-03-29T02:00Z', '2026-03-30T02:00Z', 24],
  ['Europe/Berlin', '04:00', '2026-10-24', '2026-10-24T02:00Z', '2026-10-25T03:00Z', 25],
  ['Europe/Berlin', '04:00', '2026-10-25', '2026-10-25T03:00Z', '2026-10-26T03:00Z', 24],
  // 02:30 is missing on this day, and comes twice on the next one: PostgreSQL takes 03:30, and the second 02:30.
  ['Europe/Berlin', '02:30', '2026-03-29', '2026-03-29T01:30Z', '2026-03-30T00:30Z', 23],
  ['Europe/Berlin', '02:30', '2026-10-25', '2026-10-25T01:30Z', '2026-10-26T01:30Z', 24],
  ['America/New_York', '00:00', '2026-03-08', '2026-03-08T05:00Z', '2026-03-09T04:00Z', 23],
  ['America/New_York', '00:00', '2026-11-01', '2026-11-01T04:00Z', '2026-11-02T05:00Z', 25],
  // The clocks go forward by half an hour.
  ['Australia/Lord_Howe', '00:00', '2026-10-04', '2026-10-03T13:30Z', '2026-10-04T13:00Z', 24],
  // Samoa had no such day.
  ['Pacific/Apia', '00:00', '2011-12-30', '2011-12-30T10:00Z', '2011-12-30T10:00Z', 0],
];
/** Whole days around the changes in Berlin, in which there are orders. */
const CHANGES = {
  'the missing hour': ['2026-03-27', '2026-03-28', '2026-03-29', '2026-03-30'],
  'the doubled hour': ['2026-10-23', '2026-10-24', '2026-10-25', '2026-10-26'],
};
const PARTITIONS = Object.entries(CHANGES).flatMap(([change, dates]) =>
  ['00:00', '02:30', '04:00'].map((startsAt) => ({ change, dates, startsAt })),
);
/** Around each change, at every half hour of 30 hours and a millisecond before. */
const ORDERS = 122;

describe('the local days of reports', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start();
    const past = new PastDays(app.database);
    for (const [, day, nextDay] of Object.values(CHANGES)) {
      await past.orders(`${day} 09:00Z`, `${nextDay} 15:00Z`, '30 minutes');
      await past.orders(`${day} 08:59:59.999Z`, `${nextDay} 14:59:59.999Z`, '30 minutes');
    }
  });
  afterAll(() => app.close());

  function report(zone: string, startsAt: string, date: string): Promise<DayReport> {
    const config = Config.from({ ...app.environment, SHOP_TIME_ZONE: zone, SHOP_DAY_STARTS_AT: startsAt });
    const transactions = app.api.get(Transactions, { strict: false });
    return new DayReportsService(
      new DayReportsRepository(config),
      transactions,
      config,
      new ReportMetrics(new Metrics()),
    ).get(date);
  }

  it.each(DAYS)('in %s, from %s, %s lasts from %s to %s: %i hours', async (...day) => {
    const [zone, startsAt, date, from, to, hours] = day;

    const read = await report(zone, startsAt, date);

    expect(read).toMatchObject({ date, timeZone: zone, from: new Date(from), to: new Date(to) });
    expect(read.hours.map((hour) => hour.from.getTime())).toEqual(
      Array.from({ length: hours }, (_, hour) => Date.parse(from) + hour * 3_600_000),
    );
  });

  it.each(PARTITIONS)('from $startsAt have each order around $change once', async ({ dates, startsAt }) => {
    const reports = await Promise.all(dates.map((date) => report('Europe/Berlin', startsAt, date)));

    expect(reports.slice(1).map(({ from }) => from)).toEqual(reports.slice(0, -1).map(({ to }) => to));
    expect(reports.reduce((sum, { orders }) => sum + orders, 0)).toBe(ORDERS);
  });

  it.each(PARTITIONS)('from $startsAt have each order around $change in its hour', async (partition) => {
    const rows = await app.database.query<{ at: Date }>('SELECT created_at AS at FROM orders');
    for (const date of partition.dates) {
      const { hours, to } = await report('Europe/Berlin', partition.startsAt, date);
      for (const [index, hour] of hours.entries()) {
        const end = hours[index + 1]?.from ?? to;
        const orders = rows.filter(({ at }) => at >= hour.from && at < end).length;
        expect(hour).toEqual({ from: hour.from, orders, grossCents: 430 * orders });
      }
    }
  });

  it('do not merge the two hours of one local time', async () => {
    const { hours } = await report('Europe/Berlin', '00:00', '2026-10-25');

    // 01:00, 02:00, again 02:00, and 03:00.
    expect(hours.slice(1, 5).map(({ from, orders }) => [from.toISOString(), orders])).toEqual([
      ['2026-10-24T23:00:00.000Z', 4],
      ['2026-10-25T00:00:00.000Z', 4],
      ['2026-10-25T01:00:00.000Z', 4],
      ['2026-10-25T02:00:00.000Z', 4],
    ]);
  });
});
