import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fillBoard } from './busy-shop.js';
import { CounterShop } from './counter-shop.js';

/** Where the pictures go. Without it none are taken. */
const { SCREENSHOTS: directory = '' } = process.env;

(directory === '' ? describe.skip : describe)('Pictures of the board', () => {
  let shop: CounterShop;

  beforeAll(async () => {
    await mkdir(directory, { recursive: true });
    shop = await CounterShop.start();
    // A few numbers are taken, so that they have two digits.
    await shop.app.database.query("SELECT setval('order_numbers', 32)");
    await fillBoard(shop.app);
  });
  afterAll(() => shop.close());

  it.each([
    ['board', 1280, 800, 'light'],
    ['board-dark', 1280, 800, 'dark'],
    ['board-1024', 1024, 768, 'light'],
    ['board-1024-dark', 1024, 768, 'dark'],
    ['board-768', 768, 1024, 'light'],
    ['board-390', 390, 844, 'light'],
    ['board-390-dark', 390, 844, 'dark'],
  ] as const)('%s.png', async (name, width, height, colorScheme) => {
    const board = await shop.open({ viewport: { width, height }, colorScheme });
    await board.start();
    await board.page.locator('.shop', { hasText: 'Open' }).waitFor();

    await board.page.screenshot({ path: join(directory, `${name}.png`) });
    await board.close();
  });
});
