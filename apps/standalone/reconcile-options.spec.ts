import { readReconcileOptions } from './reconcile-options.js';

const VALID = ['--statement', 'charges.csv'];
const TIME = '2026-03-10T12:00:00Z';

describe('readReconcileOptions', () => {
  it('returns the path and the period', () => {
    expect(readReconcileOptions([...VALID, '--from', TIME, '--to', '2026-03-10T14:00:00+01:00'])).toEqual({
      path: 'charges.csv',
      period: { from: new Date(TIME), to: new Date('2026-03-10T13:00:00Z') },
    });
  });

  it('returns no time that is not given', () => {
    expect(readReconcileOptions(VALID)).toEqual({ path: 'charges.csv', period: {} });
  });

  it.each([
    ['--statement must be the path', []],
    ['--from must be an RFC 3339', [...VALID, '--from', '2026-03-10']],
    ['--to must be an RFC 3339', [...VALID, '--to', 'today']],
    ['--to must not be before --from', [...VALID, '--from', TIME, '--to', '2026-03-10T11:59:59Z']],
    ['--day', [...VALID, '--day', TIME]],
  ])('names %s and the usage for %j', (problem, args) => {
    expect(() => readReconcileOptions(args)).toThrow(new RegExp(`${problem}[^]*\nUsage: npm run reconcile`));
  });
});
