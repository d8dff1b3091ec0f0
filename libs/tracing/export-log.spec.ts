import { jest } from '@jest/globals';
import { ExportLog } from './export-log.js';

/** Returns the reason that is logged for a complaint of OpenTelemetry. */
function reasonOf(complaint: string): unknown {
  const reasons: unknown[] = [];
  new ExportLog({ warn: (_, fields: unknown) => reasons.push(fields) }).error(complaint);
  return reasons[0];
}

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

  it.each([
    ['with quotes', 'answered "503 Busy"', 'answered "503 Busy"'],
    ['above 200 characters', 'x'.repeat(300), 'x'.repeat(200)],
  ])('says the message %s of an error', (_, message, reason) => {
    expect(reasonOf(JSON.stringify({ stack: 'Error: …\n at …', message }))).toEqual({ reason });
  });

  it('repeats a complaint that is no error', () => {
    expect(reasonOf('The queue is full')).toEqual({ reason: 'The queue is full' });
  });
});
