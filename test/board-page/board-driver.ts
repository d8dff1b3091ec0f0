import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page, Request } from 'playwright-core';

/** A tablet. */
const TABLET = { viewport: { width: 1280, height: 800 }, hasTouch: true };
const TIMEOUT_MS = 10_000;
/** Longer than a move can be undone. */
const UNDO_IS_OVER_MS = 4_100;

/** The board's page in a browser, and what somebody at the counter does with it. */
export class BoardDriver {
  /** Errors of the page and its console: a violation of the Content-Security-Policy is one. */
  readonly errors: string[] = [];
  readonly requests: Request[] = [];

  private constructor(
    readonly page: Page,
    private readonly context: BrowserContext,
  ) {
    page.on('pageerror', ({ message }) => this.errors.push(message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.errors.push(message.text());
    });
    page.on('request', (request) => this.requests.push(request));
  }

  /** Opens the login in a context of its own. */
  static async open(
    browser: Browser,
    url: string,
    options: BrowserContextOptions = {},
  ): Promise<BoardDriver> {
    const context = await browser.newContext({ ...TABLET, ...options });
    context.setDefaultTimeout(TIMEOUT_MS);
    const board = new BoardDriver(await context.newPage(), context);
    await board.page.goto(`${url}/board`);
    return board;
  }

  async logIn(role: 'customer' | 'barista' | 'manager' = 'barista'): Promise<void> {
    await this.page.getByLabel('E-mail').fill(`${role}@example.com`);
    await this.enterPassword(`${role}123`);
  }

  async enterPassword(password: string): Promise<void> {
    await this.page.getByLabel('Password').fill(password);
    await this.tap('Log in');
  }

  /** Logs in and waits for the snapshot. */
  async start(): Promise<void> {
    await this.logIn();
    await this.live.waitFor();
  }

  get live(): Locator {
    return this.page.getByText('Live', { exact: true });
  }

  get alerts(): Locator {
    return this.page.getByRole('alert').filter({ hasText: /\S/ });
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog');
  }

  /** The card of an order, in a column if that is given. */
  card({ number }: { number: number | null }, column?: 'Waiting' | 'In preparation' | 'Ready'): Locator {
    const place = column ? this.page.getByRole('region', { name: column }) : this.page;
    return place.getByRole('article', { name: new RegExp(`^order ${number}\\b`) });
  }

  /** Taps a button. */
  async tap(name: string, inside: Page | Locator = this.page): Promise<void> {
    await inside.getByRole('button', { name }).tap();
  }

  /** Lets the time pass in which moves can be undone. Needs the clock of Playwright. */
  passUndoTime(): Promise<void> {
    return this.page.clock.runFor(UNDO_IS_OVER_MS);
  }

  /** Returns the text of the element that has the focus. */
  focused(): Promise<string> {
    return this.page.evaluate<string>('document.activeElement.textContent');
  }

  /** Returns how many requests with this method had such a URL. */
  countRequests(method: string, url: string | RegExp): number {
    return this.requests.filter((request) => request.method() === method && request.url().match(url)).length;
  }

  /** Holds requests to such a URL back. Returns a function that lets them go. */
  async hold(url: string): Promise<() => void> {
    let release: () => void = () => undefined;
    const isReleased = new Promise<void>((resolve) => (release = resolve));
    await this.page.route(url, async (route) => {
      await isReleased;
      await route.continue();
    });
    return release;
  }

  goOffline(): Promise<void> {
    return this.context.setOffline(true);
  }

  goOnline(): Promise<void> {
    return this.context.setOffline(false);
  }

  /** Ends the session at the API, without the page knowing. */
  async endSession(): Promise<void> {
    const { origin } = new URL(this.page.url());
    const token = await this.page.evaluate<string>(
      "JSON.parse(sessionStorage.getItem('coffee-shop.board')).refreshToken",
    );
    const response = await fetch(`${origin}/api/v1/auth/revoke`, {
      method: 'POST',
      body: new URLSearchParams({ token }),
    });
    if (!response.ok) throw new Error(`The session was not ended: ${response.status}`);
  }

  close(): Promise<void> {
    return this.context.close();
  }
}
