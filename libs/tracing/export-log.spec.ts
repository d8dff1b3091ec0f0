import { jest } from '@jest/globals';
import { ExportLog } from './export-log.js';

describe('ExportLog', () => {
  afterEach(() => jest.restoreAllMocks());

  it('writes one line per minute, with the reason of a failed export', () => {
    const lines: unknown[] = [];
    const log = new ExportLog({ warn: (...line: unknown[]) => lines.push(line) });
    const clock = jest.spyOn(performance, 'now');
    const failure = JSON.stringify({ stack: 'Error: connect\n at …', message: 'connect ECONNREFUSED' });

    for (const now of [0, 1_000, 59_999, 60_000]) {
      clock.mockReturnValue(now);
      log.error(failure);
    }

    const line = ['Traces are not exported as they should be', { reason: 'connect ECONNREFUSED' }];
    expect(lines).toEqual([line, line]);
  });
});
