import { describeInBrowser } from '../support/browser.js';
import type { BoardDriver } from './board-driver.js';
import { fillBoard } from './busy-shop.js';
import { CounterShop } from './counter-shop.js';

const MIN_TARGET_PX = 48;
/** A button with two lines of text is higher. */
const ONE_LINE_PX = 54;

describeInBrowser('A full board', () => {
  let shop: CounterShop;
  let board: BoardDriver;

  beforeAll(async () => {
    shop = await CounterShop.start();
    await fillBoard(shop.app);
    board = await shop.open();
    await board.logIn('manager');
    await board.live.waitFor();
  });
  afterAll(() => shop.close());

  async function loadAt(width: number, height: number): Promise<void> {
    await board.page.setViewportSize({ width, height });
    await board.page.reload();
    await board.live.waitFor();
  }

  it.each([
    [1024, 768],
    [390, 844],
  ])('has targets of at least 48 px at %d×%d, and nothing beyond the edge', async (width, height) => {
    await loadAt(width, height);
    await board.tap('Sold out');

    const small = await board.page.evaluate(`[...document.querySelectorAll('button, label, a')]
      .filter((element) => element.getBoundingClientRect().height < ${MIN_TARGET_PX} && element.offsetParent)
      .map((element) => element.textContent)`);
    expect(small).toEqual([]);
    expect(await board.page.evaluate('document.documentElement.scrollWidth')).toBe(width);
  });

  it('has the buttons inside the cards on an upright tablet', async () => {
    await loadAt(768, 1024);
    for (const width of [768, 800, 834]) {
      await board.page.setViewportSize({ width, height: 1024 });

      const broken = await board.page.evaluate(`[...document.querySelectorAll('.card .actions button')]
        .filter((button) => button.getBoundingClientRect().right > button.parentElement.getBoundingClientRect().right
          || button.getBoundingClientRect().height > ${ONE_LINE_PX})
        .map((button) => button.textContent)`);
      expect(broken).toEqual([]);
    }
  });

  it('has links to its columns on a phone, which stay in sight', async () => {
    await loadAt(390, 844);
    const link = board.page.getByRole('link', { name: 'In preparation 4' });
    await link.tap();

    const { y } = (await board.page.getByRole('heading', { name: 'In preparation' }).boundingBox()) ?? {
      y: NaN,
    };
    expect(y).toBeGreaterThan(48);
    expect(y).toBeLessThan(100);
    expect(await board.page.evaluate('document.activeElement.id')).toBe('preparation');
    expect((await link.boundingBox())?.y).toBe(0);
  });

  it('says that a new order is out of sight, until it is seen', async () => {
    await loadAt(1280, 800);
    const order = await (await shop.app.customer()).placeOrder(['Latte', 'Vanilla']);
    await board.tap('Show new order');

    await board.page.getByRole('button', { name: 'Show new order' }).waitFor({ state: 'detached' });
    expect((await board.card(order).boundingBox())?.y).toBeLessThan(700);
    expect(await board.focused()).toContain(`Start order ${order.number}`);
  });
});
