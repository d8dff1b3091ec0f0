import { applyDecorators } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';

/** Documents a stream of events. `example` holds its first events. */
export function ApiEventStream({ events, example }: { events: string; example: string }): MethodDecorator {
  return applyDecorators(
    ApiOkResponse({
      description:
        `Server-Sent Events. The first is \`snapshot\`, with the whole state. ${events} ` +
        'There are no ids and no deltas: a client that reconnects gets a snapshot. A comment comes at least every 15 seconds. ' +
        'The stream ends with its access token, within 12 seconds after the user is disabled or gets another role or the session ends, ' +
        'when the process stops, and after more than 5 seconds without the database.',
      content: { 'text/event-stream': { schema: { type: 'string' }, example } },
    }),
  );
}
