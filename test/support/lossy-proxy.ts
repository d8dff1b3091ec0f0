import { once } from 'node:events';
import { request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { portOf, startServer } from './provider-stub.js';

/** An HTTP proxy in front of the API that loses responses. */
export class LossyProxy {
  /** The number of requests that reached the API. */
  requests = 0;
  /** How many of the next responses it loses: it breaks the connection instead. */
  responsesToLose = 0;

  private constructor(
    private readonly server: Server,
    private readonly target: string,
  ) {
    server.on('request', (incoming, outgoing) => void this.forward(incoming, outgoing));
  }

  static async start(target: string): Promise<LossyProxy> {
    return new LossyProxy(await startServer(), target);
  }

  get url(): string {
    return `http://127.0.0.1:${portOf(this.server)}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async forward(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    this.requests += 1;
    const { method, headers, url } = incoming;
    const forwarded = request(new URL(url ?? '', this.target), { method, headers });
    incoming.pipe(forwarded);
    const [response] = (await once(forwarded, 'response')) as [IncomingMessage];
    const body = await text(response);
    if (this.responsesToLose > 0) {
      this.responsesToLose -= 1;
      incoming.socket.resetAndDestroy();
    } else outgoing.writeHead(response.statusCode ?? 0, response.headers).end(body);
  }
}
