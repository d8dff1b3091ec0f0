import { once } from 'node:events';
import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import type { BoardDto } from '../../apps/api/board/dto/board.dto.js';
import type { OrderDto } from '../../apps/api/orders/dto/order.dto.js';
import { eventually } from './eventually.js';
import type { Person } from './person.js';

const OPEN_STATUSES = ['waiting', 'preparation', 'ready'];

/** An event as it arrived. */
export interface ReceivedEvent {
  name: string | undefined;
  data: string;
  /** In ms of `performance.now()`. */
  at: number;
}

/** A client of a stream of events, with a connection of its own. */
export class EventStreamClient {
  readonly events: ReceivedEvent[] = [];
  comments = 0;
  retryMs: number | undefined;
  isEnded = false;
  /** What arrived after the last blank line. */
  private rest = '';

  private constructor(
    private readonly outgoing: ClientRequest,
    readonly response: IncomingMessage,
  ) {
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => this.read(chunk));
    response.on('error', () => undefined);
    response.on('close', () => void (this.isEnded = true));
  }

  /** Opens a stream of the person's API. Without a token, the path must have a ticket. */
  static async open(person: Pick<Person, 'token' | 'url'>, path: string): Promise<EventStreamClient> {
    const headers = person.token ? { Authorization: `Bearer ${person.token}` } : {};
    const outgoing = request(person.url + path, { agent: false, headers });
    outgoing.on('error', () => undefined);
    outgoing.end();
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
    return new EventStreamClient(outgoing, response);
  }

  /** Returns a path with a new ticket of the person. */
  static async withTicket(person: Person, path: string): Promise<string> {
    const { body } = await person.post('/api/v1/auth/stream-ticket').expect(201);
    return `${path}?ticket=${body.ticket as string}`;
  }

  /** Opens the stream of the board, and waits for its snapshot. */
  static async ofBoard(person: Pick<Person, 'token' | 'url'>): Promise<EventStreamClient> {
    const client = await EventStreamClient.open(person, '/api/v1/admin/board/stream');
    await client.event('snapshot');
    return client;
  }

  get status(): number | undefined {
    return this.response.statusCode;
  }

  /** The names of the events so far. */
  get names(): (string | undefined)[] {
    return this.events.map(({ name }) => name);
  }

  /** The orders of the events so far that have this name. */
  orders(name = 'order'): OrderDto[] {
    return this.events.filter((event) => event.name === name).map(({ data }) => JSON.parse(data) as OrderDto);
  }

  /** Waits for an event that matches, and returns it. */
  async event(name: string, matches: (data: string) => boolean = () => true): Promise<ReceivedEvent> {
    return eventually(`the event ${name}`, () =>
      this.events.find((event) => event.name === name && matches(event.data)),
    );
  }

  /** Waits for an order in this status, and returns it. */
  async order(id: string, status: string): Promise<OrderDto> {
    return eventually(`the order in ${status}`, () =>
      this.orders().find((order) => order.id === id && order.status === status),
    );
  }

  /** Returns the board as the events tell it. */
  board(): BoardDto {
    const orders = new Map<string, OrderDto>();
    let truncated: boolean | undefined;
    for (const { name, data } of this.events)
      if (name === 'snapshot') {
        const board = JSON.parse(data) as BoardDto;
        ({ truncated } = board);
        orders.clear();
        for (const order of board.orders) orders.set(order.id, order);
      } else if (name === 'order') {
        const order = JSON.parse(data) as OrderDto;
        if (OPEN_STATUSES.includes(order.status)) orders.set(order.id, order);
        else orders.delete(order.id);
      }
    if (truncated === undefined) throw new Error('There was no snapshot');
    const oldestFirst = [...orders.values()].sort((a, b) =>
      `${a.created_at} ${a.id}`.localeCompare(`${b.created_at} ${b.id}`),
    );
    return { orders: oldestFirst, truncated };
  }

  /** Waits until the server has ended the stream. */
  async ended(withinMs?: number): Promise<void> {
    await eventually('the end of the stream', () => this.isEnded, withinMs);
  }

  /** Reads blocks of lines, each of which ends with a blank line (WHATWG HTML, 9.2.6). */
  private read(chunk: string): void {
    const blocks = (this.rest + chunk).split('\n\n');
    this.rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const lines = block.split('\n').map((line) => /^([^:]*):? ?(.*)$/.exec(line) ?? []);
      const valueOf = (field: string): string | undefined => lines.find(([, name]) => name === field)?.[2];
      const data = valueOf('data');
      if (data !== undefined) this.events.push({ name: valueOf('event'), data, at: performance.now() });
      if (valueOf('') !== undefined) this.comments += 1;
      if (valueOf('retry') !== undefined) this.retryMs = Number(valueOf('retry'));
    }
  }

  /** Hangs up. */
  close(): void {
    this.outgoing.destroy();
  }
}
