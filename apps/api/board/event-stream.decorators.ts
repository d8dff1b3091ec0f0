import { applyDecorators } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { eventOf } from './event-stream.js';

/** Documents a stream of events. `example` holds its first events by name. */
export function ApiEventStream({
  events,
  example,
}: {
  events: string;
  example: Record<string, object>;
}): MethodDecorator {
  const texts = Object.entries(example).map(([name, data]) => eventOf(name, JSON.stringify(data)));
  return applyDecorators(
    ApiOkResponse({
      description:
        `Server-Sent Events. The first is \`snapshot\`, with the whole state. ${events} ` +
        'There are no ids and no deltas: a client that reconnects gets a snapshot. A comment comes at least every 15 seconds. ' +
        'The stream ends with its access token, within 12 seconds after the user is disabled or gets another role or the session ends, ' +
        'when the process stops, and after more than 5 seconds without the database.',
      content: { 'text/event-stream': { schema: { type: 'string' }, example: texts.join('') } },
    }),
  );
}
