import { WAITING } from '../spec-support/boards.js';
import { FakeStream } from '../spec-support/fake-api.js';
import { fakeBrowser, pass, settle } from '../spec-support/fake-browser.js';
import { readEvents, type BoardEvent } from './events.js';

describe('A stream of events', () => {
  let stream: FakeStream;
  let events: BoardEvent[];
  let failure: unknown;

  beforeEach(async () => {
    fakeBrowser();
    stream = new FakeStream(new Request('https://shop.example'));
    events = [];
    failure = undefined;
    readEvents(stream.response, (event) => events.push(event)).catch((error: unknown) => (failure = error));
    await settle();
  });

  it('has its events with their types', async () => {
    stream.send('order', WAITING);
    await settle();

    expect(events).toEqual([{ type: 'order', order: WAITING }]);
  });

  it('has an event that comes in parts', async () => {
    for (const part of ['event: menu\nda', 'ta: {"products"', ':[]}\n\n']) stream.write(part);
    await settle();

    expect(events).toEqual([{ type: 'menu', menu: { products: [] } }]);
  });

  it('may have events that the page does not know', async () => {
    stream.send('weather', { sun: true });
    stream.send('order', { colour: 'red' });
    await settle();

    expect(events).toEqual([]);
    expect(failure).toBeUndefined();
  });

  it('is given up after 20 seconds of silence', async () => {
    await pass(19_900);
    expect(failure).toBeUndefined();

    await pass(200);
    expect(failure).toEqual(new Error('The stream is silent'));
  });

  it('is not silent if only comments come', async () => {
    for (let seconds = 0; seconds < 60; seconds += 15) {
      stream.write(':\n\n');
      await pass(15_000);
    }

    expect(failure).toBeUndefined();
  });
});
