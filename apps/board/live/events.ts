import { createParser, type EventSourceMessage } from 'eventsource-parser';
import type { Board, Menu, Order, Shop } from '../api/types.js';

/** A comment comes at least every 15 s. */
const SILENCE_MS = 20_000;

/** An event of the board's stream. */
export type BoardEvent =
  | { type: 'snapshot'; board: Board }
  | { type: 'order'; order: Order }
  | { type: 'menu'; menu: Menu }
  | { type: 'shop'; shop: Shop };

/**
 * Reads a stream of events until it ends.
 * @throws Error if it breaks, or is silent for longer than a live stream can be
 */
export async function readEvents(response: Response, onEvent: (event: BoardEvent) => void): Promise<void> {
  if (!response.body) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  const parser = createParser({
    onEvent: (message) => {
      const event = eventOf(message);
      if (event) onEvent(event);
    },
  });
  for (;;) {
    const { done, value } = await withinSilence(reader.read());
    if (done) return;
    parser.feed(value);
  }
}

const isBoard = has<Board>('orders');
const isOrder = has<Order>('status');
const isMenu = has<Menu>('products');
const isShop = has<Shop>('open');

/** Returns undefined for an event that this page does not know. */
function eventOf({ event, data }: EventSourceMessage): BoardEvent | undefined {
  const value: unknown = JSON.parse(data);
  if (event === 'snapshot' && isBoard(value)) return { type: event, board: value };
  if (event === 'order' && isOrder(value)) return { type: event, order: value };
  if (event === 'menu' && isMenu(value)) return { type: event, menu: value };
  if (event === 'shop' && isShop(value)) return { type: event, shop: value };
  return undefined;
}

function has<T extends object>(member: keyof T) {
  return (value: unknown): value is T => typeof value === 'object' && value !== null && member in value;
}

async function withinSilence<T>(read: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('The stream is silent')), SILENCE_MS);
  });
  try {
    return await Promise.race([read, silence]);
  } finally {
    clearTimeout(timer);
  }
}
