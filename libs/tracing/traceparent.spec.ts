import { parseTraceparent, traceIdOf } from './traceparent.js';

const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN_ID = '00f067aa0ba902b7';
const VALID = `00-${TRACE_ID}-${SPAN_ID}-01`;

describe('parseTraceparent', () => {
  it.each([VALID, `00-${TRACE_ID}-${SPAN_ID}-00`, `00-${TRACE_ID}-${SPAN_ID}-ff`])(
    'returns %s of version 00 as it is',
    (header) => {
      expect(parseTraceparent(header)).toBe(header);
    },
  );

  it.each([
    [`01-${TRACE_ID}-${SPAN_ID}-01`, VALID],
    [`cc-${TRACE_ID}-${SPAN_ID}-03-what-the-future-will-be`, VALID],
    [`cc-${TRACE_ID}-${SPAN_ID}-02-`, `00-${TRACE_ID}-${SPAN_ID}-00`],
  ])('reduces %s of a later version to %s', (header, reduced) => {
    expect(parseTraceparent(header)).toBe(reduced);
  });

  it.each([
    ['no header', undefined],
    ['nothing', ''],
    ['several headers', [VALID, VALID]],
    ['several values', `${VALID}, ${VALID}`],
    ['another text', 'trace'],
    ['the version ff', `ff-${TRACE_ID}-${SPAN_ID}-01`],
    ['a version of one digit', `0-${TRACE_ID}-${SPAN_ID}-01`],
    ['a trace id of zeros', `00-${'0'.repeat(32)}-${SPAN_ID}-01`],
    ['a span id of zeros', `00-${TRACE_ID}-${'0'.repeat(16)}-01`],
    ['zeros in a later version', `01-${'0'.repeat(32)}-${SPAN_ID}-01`],
    ['a short trace id', `00-${TRACE_ID.slice(1)}-${SPAN_ID}-01`],
    ['a long span id', `00-${TRACE_ID}-${SPAN_ID}0-01`],
    ['capital letters', VALID.toUpperCase()],
    ['another digit', `00-${TRACE_ID}-${SPAN_ID}-0g`],
    ['no flags', `00-${TRACE_ID}-${SPAN_ID}`],
    ['a part after version 00', `${VALID}-01`],
    ['a part without its dash after a later version', `01-${TRACE_ID}-${SPAN_ID}-011`],
    ['a line break', `${VALID}\n`],
  ])('drops %s', (_, header) => {
    expect(parseTraceparent(header)).toBeNull();
  });
});

describe('traceIdOf', () => {
  it('returns the trace id', () => {
    expect(traceIdOf(VALID)).toBe(TRACE_ID);
  });
});
