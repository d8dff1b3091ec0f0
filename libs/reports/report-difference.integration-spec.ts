import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Transactions } from '#database';
import { PastDays } from '../../test/support/past-days.js';
import { TestApp } from '../../test/support/test-app.js';
import type { DayReport } from './day-report.js';
import { DayReportsRepository } from './day-reports.repository.js';
import { DayReportsService } from './day-reports.service.js';

const DATE = '2026-03-10';
const NOON = `${DATE} 12:00Z`;

describe('the difference of a day report', () => {
  let app: TestApp;
  let past: PastDays;
  let error: jest.SpiedFunction<Logger['error']>;

  beforeAll(async () => {
    app = await TestApp.start();
    past = new PastDays(app.database);
    error = jest.spyOn(Logger.prototype, 'error').mockReturnValue();
  });
  afterAll(async () => {
    error.mockRestore();
    await app.close();
  });
  beforeEach(async () => {
    await app.database.query('TRUNCATE orders, order_placements CASCADE');
    error.mockClear();
  });

  function report(): Promise<DayReport> {
    return app.api.get(DayReportsService, { strict: false }).get(DATE);
  }

  it('is 0 and not logged if sales and payments are equal', async () => {
    await past.order(NOON);

    expect(await report()).toMatchObject({ orders: 1, differenceCents: 0 });
    expect(error).not.toHaveBeenCalled();
  });

  it.each([
    ['a line is corrupted', 'UPDATE order_items SET quantity = 2, line_total_cents = 860', 430],
    ['a line is lost', 'DELETE FROM order_items', -430],
    ['a payment is lost', 'DELETE FROM payments', 430],
  ])('is shown and logged if %s', async (_, corruption, differenceCents) => {
    await past.order(NOON);
    await app.database.query(corruption);

    expect(await report()).toMatchObject({ orders: 1, differenceCents });
    expect(error.mock.calls).toEqual([
      [
        'The sales of a day differ from its payments',
        expect.objectContaining({ event: 'day_report_difference', date: DATE, differenceCents }),
      ],
    ]);
  });

  it('stays 0 although an order is placed between the reading of sales and of payments', async () => {
    const repository = app.api.get(DayReportsRepository, { strict: false });
    const { payments } = repository;
    repository.payments = async (...parameters) => {
      await past.order(NOON);
      return payments.apply(repository, parameters);
    };

    const read = await report();

    repository.payments = payments;
    expect(read).toMatchObject({ orders: 0, differenceCents: 0 });
    expect(await report()).toMatchObject({ orders: 1, differenceCents: 0 });
  });

  it('is read in a transaction that cannot write', async () => {
    const deleting = app.api.get(Transactions).readReport((tx) => tx.query('DELETE FROM orders'));

    await expect(deleting).rejects.toThrow('read-only');
  });
});
