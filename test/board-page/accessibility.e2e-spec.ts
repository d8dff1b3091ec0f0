import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { OrderDto } from '../../apps/api/orders/dto/order.dto.js';
import { describeInBrowser } from '../support/browser.js';
import type { BoardDriver } from './board-driver.js';
import { fillBoard } from './busy-shop.js';
import { CounterShop } from './counter-shop.js';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const SERIOUS = ['serious', 'critical'];

describeInBrowser('The board for everybody', () => {
  let shop: CounterShop;
  let axe: string;
  let orders: OrderDto[];
  let board: BoardDriver;

  beforeAll(async () => {
    shop = await CounterShop.start();
    [axe, orders] = await Promise.all([readFile(AXE, 'utf8'), fillBoard(shop.app)]);
  });
  afterAll(() => shop.close());

  /** Throws an Error that names what axe finds. The dark page differs only in its colours. */
  async function expectAccessible(): Promise<void> {
    await board.page.evaluate(axe);
    expect(await seriousViolations('axe.run()')).toEqual([]);

    await board.page.emulateMedia({ colorScheme: 'dark' });
    expect(await seriousViolations("axe.run({ runOnly: ['color-contrast'] })")).toEqual([]);
    await board.page.emulateMedia({ colorScheme: 'light' });
  }

  async function seriousViolations(run: string): Promise<unknown[]> {
    const { violations } = await board.page.evaluate<AxeResults>(run);
    const found = violations.filter(({ impact }) => SERIOUS.includes(String(impact)));
    return found.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
  }

  /** The orders' first card; its order waits. */
  function firstCard() {
    return board.card(orders[0]!);
  }

  describe('in light and dark', () => {
    beforeAll(async () => {
      board = await shop.open();
    });
    afterAll(() => board.close());

    it('shows where the focus is', async () => {
      await board.page.keyboard.press('Tab');

      expect(await board.page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe(
        'solid',
      );
    });

    it('has no serious violation on the login, also after a wrong password', async () => {
      await board.page.getByLabel('E-mail').fill('barista@example.com');
      await board.enterPassword('wrong');
      await board.alerts.waitFor();

      await expectAccessible();
    });

    it('has no serious violation on a full board with a move, and without a connection', async () => {
      const order = await (await shop.app.customer()).placeOrder(['Latte', 'Vanilla']);
      await board.start();
      await board.tap('Start', board.card(order));
      await expectAccessible();

      await board.goOffline();
      await board.alerts.filter({ hasText: 'Connection lost' }).waitFor();
      await expectAccessible();
      await board.goOnline();
      await board.live.waitFor();
    });

    it('has no serious violation in its dialogs', async () => {
      for (const open of [
        () => board.tap('Sold out'),
        () => board.tap('Pause'),
        () => board.tap('Cancel', firstCard()),
      ]) {
        await open();
        await board.dialog.waitFor();
        await expectAccessible();
        await board.page.keyboard.press('Escape');
        await board.dialog.waitFor({ state: 'detached' });
      }
    });
  });

  describe('by keyboard', () => {
    beforeAll(async () => {
      board = await shop.open();
      await board.page.clock.install();
      await board.start();
    });
    afterAll(() => board.close());

    /** Moves an order on, whose button has the focus then. */
    async function moveByKeyboard(order: OrderDto): Promise<void> {
      await board.card(order).getByRole('button', { name: 'Start' }).focus();
      await board.page.keyboard.press('Enter');
      await board.passUndoTime();
      await board.card(order, 'In preparation').waitFor();
    }

    it('undoes a move, and opens and closes a dialog', async () => {
      const card = board.card(orders[1]!);

      await card.getByRole('button', { name: 'Start' }).focus();
      await board.page.keyboard.press('Enter');
      await board.page.keyboard.press('Tab');
      await board.page.keyboard.press('Enter');
      await card.getByRole('button', { name: 'Undo' }).waitFor({ state: 'detached' });

      await board.page.keyboard.press('Enter');
      await board.dialog.waitFor();
      await board.page.keyboard.press('Escape');
      await board.dialog.waitFor({ state: 'detached' });
      expect(await board.focused()).toMatch(/^Cancel/);
    });

    it('keeps the focus with an order that moves on', async () => {
      const order = orders[2]!;
      await moveByKeyboard(order);

      expect(await board.focused()).toMatch(new RegExp(`^Ready .*order ${order.number}\\b`));
    });

    it('does not lose the focus to an order that had it before', async () => {
      const [before, now] = [orders[3]!, orders[1]!];
      await moveByKeyboard(before);
      await board.card(now).getByRole('button', { name: 'Start' }).focus();

      await (await shop.app.manager()).changeStatus(before.id, 'ready').expect(200);
      await board.card(before, 'Ready').waitFor();

      expect(await board.focused()).toContain(`Start order ${now.number}`);
    });

    it('announces a new order to a screen reader', async () => {
      const order = await (await shop.app.customer()).placeOrder(['Latte', 'Vanilla', 2]);

      const words = `New order ${order.number}: 2 Latte, Vanilla.`;
      await board.page.locator('[aria-live=polite]', { hasText: words }).waitFor({ state: 'attached' });
    });
  });
});
