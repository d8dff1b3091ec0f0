import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { promisify } from 'node:util';

/** How the provider treats one request; `recordCharge` takes the money. */
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

/** Takes the money and sends any body. */
export function approveWith(body: string | Buffer, status = 200): PaymentBehaviour {
  return ({ recordCharge, response }) => {
    recordCharge();
    response.writeHead(status).end(body);
  };
}

/** Takes the money and calls `next` instead of responding. */
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

/** A charge in the provider's ledger. */
export interface RecordedCharge {
  key: string;
  amountCents: number;
}

/** A payment provider with a ledger and configurable behaviour. */
export class PaymentStub {
  /** All requests in the order of arrival. */
  readonly requests: { key: string | undefined; body: string }[] = [];
  /** Applies unless `once` has set a behaviour for the request. */
  defaultBehaviour: PaymentBehaviour = approve;
  /** Whether it approves a charged key again without a second charge. */
  isIdempotent = true;
  readonly charges: RecordedCharge[] = [];

  /** The number of connections opened since the start. */
  connections = 0;
  private readonly next: PaymentBehaviour[] = [];

  private readonly port: number;

  private constructor(private readonly server: Server) {
    this.port = portOf(server);
    server.on('request', (request, response) => void this.receive(request, response));
    server.on('connection', () => (this.connections += 1));
  }

  static async start(port = 0): Promise<PaymentStub> {
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    return new PaymentStub(server);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/payment`;
  }

  /** Sets the behaviour for the next request only. */
  once(behaviour: PaymentBehaviour): void {
    this.next.push(behaviour);
  }

  /** Returns the number of connections that are open now. */
  openConnections(): Promise<number> {
    return promisify(this.server.getConnections.bind(this.server))();
  }

  /** Closes all connections and stops listening, until `restart`. */
  async stop(): Promise<void> {
    if (!this.server.listening) return;
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  /** Listens again on the same port. */
  async restart(): Promise<void> {
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    const key = request.headers['idempotency-key'];
    if (Array.isArray(key)) throw new Error('Received more than one Idempotency-Key');
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

/** Returns a request's whole body. */
export async function readBody(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

/** Returns the port on which a server listens. */
export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The stub does not listen');
  return address.port;
}

function amountOf(body: string): number {
  const { value } = JSON.parse(body) as { value: number };
  return value;
}
