import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { promisify } from 'node:util';

/** What the provider does with one request; `book` takes the money. */
export type PaymentBehaviour = (exchange: {
  recordCharge: () => void;
  response: ServerResponse;
  request: IncomingMessage;
}) => void;

export const approve: PaymentBehaviour = ({ recordCharge, response }) => {
  recordCharge();
  response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"status":"approved"}');
};

export function decline(status = 402, body = '{"status":"declined"}'): PaymentBehaviour {
  return ({ response }) => response.writeHead(status, { 'Content-Type': 'application/json' }).end(body);
}

/** A 2xx with any body, as bytes. */
export function approveWith(body: string | Buffer, status = 200): PaymentBehaviour {
  return ({ recordCharge, response }) => {
    recordCharge();
    response.writeHead(status).end(body);
  };
}

/** Takes the money and then does `next`, a crash for example, instead of answering. */
export function chargeThen(
  next: (exchange: { request: IncomingMessage; response: ServerResponse }) => void,
): PaymentBehaviour {
  return ({ recordCharge, ...exchange }) => {
    recordCharge();
    next(exchange);
  };
}

export const hang: PaymentBehaviour = () => undefined;
export const reset: PaymentBehaviour = ({ request }) => request.socket.resetAndDestroy();
export const chargeAndHang = chargeThen(() => undefined);
export const chargeAndReset = chargeThen(({ request }) => request.socket.resetAndDestroy());

/** Money that the provider took. */
export interface RecordedCharge {
  key: string;
  amountCents: number;
}

/** A payment provider with a ledger, which does as it is told. */
export class PaymentStub {
  /** Every request in its order. */
  readonly requests: { key: string | undefined; body: string }[] = [];
  /** What it does where nothing else is asked of it. */
  defaultBehaviour: PaymentBehaviour = approve;
  /** Whether a key that was charged is answered as approved and never charged again, as good providers do. */
  isIdempotent = true;
  /** The money that was taken. */
  readonly charges: RecordedCharge[] = [];

  /** How many connections were ever opened. */
  connections = 0;
  private readonly next: PaymentBehaviour[] = [];

  private readonly port: number;

  private constructor(private readonly server: Server) {
    this.port = portOf(server);
    server.on('request', (request, response) => void this.receive(request, response));
    server.on('connection', () => (this.connections += 1));
  }

  /** @param port a free one unless given */
  static async start(port = 0): Promise<PaymentStub> {
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    return new PaymentStub(server);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/payment`;
  }

  /** Does this with the next request, before it goes on as usual. */
  once(behaviour: PaymentBehaviour): void {
    this.next.push(behaviour);
  }

  /** How many connections are open now. */
  openConnections(): Promise<number> {
    return promisify(this.server.getConnections.bind(this.server))();
  }

  /** Lets nobody in any more, and cuts off who is inside; `comesBack` undoes it. */
  async stop(): Promise<void> {
    if (!this.server.listening) return;
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  /** Listens again, where it did before. */
  async restart(): Promise<void> {
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    const key = request.headers['idempotency-key'];
    if (Array.isArray(key)) throw new Error('More than one Idempotency-Key');
    this.requests.push({ key, body });
    const behaviour = this.hasCharge(key) ? approve : (this.next.shift() ?? this.defaultBehaviour);
    behaviour({
      recordCharge: () => this.recordCharge(key ?? randomUUID(), amountOf(body)),
      request,
      response,
    });
  }

  private recordCharge(key: string, amountCents: number): void {
    if (!this.hasCharge(key)) this.charges.push({ key, amountCents });
  }

  private hasCharge(key: string | undefined): boolean {
    return this.isIdempotent && this.charges.some((charge) => charge.key === key);
  }
}

/** Reads a request's whole body. */
export async function readBody(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

/** Where a server of ours listens. */
export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The stub does not listen');
  return address.port;
}

function amountOf(body: string): number {
  const { value } = JSON.parse(body) as { value: number };
  return value;
}
