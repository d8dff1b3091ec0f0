import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext, Locator, Page, Response } from 'playwright-core';

/** Where pictures of the page go. Without it none are taken. */
const { SCREENSHOTS: directory = '' } = process.env;

/** The page at /docs in a browser, as a manager uses it. */
export class DocsPage {
  private constructor(
    readonly page: Page,
    private readonly url: string,
  ) {}

  /** Opens the page in a new tab. */
  static async open(context: BrowserContext, apiUrl: string): Promise<DocsPage> {
    const docs = new DocsPage(await context.newPage(), `${apiUrl}/docs`);
    await docs.reload();
    return docs;
  }

  async reload(): Promise<void> {
    await this.page.goto(this.url);
    await this.authorize.waitFor();
  }

  get authorize(): Locator {
    return this.page.locator('.btn.authorize').first();
  }

  get loginForm(): Locator {
    return this.page.getByRole('dialog', { name: 'Log in' });
  }

  isAuthorized(): Promise<boolean> {
    return this.page.locator('.btn.authorize.locked').isVisible();
  }

  /** Opens Authorize, and sends the form. */
  async submitLogin(email: string, password: string): Promise<void> {
    if (!(await this.loginForm.isVisible())) await this.authorize.click();
    await this.loginForm.getByLabel('E-mail').fill(email);
    await this.loginForm.getByLabel('Password').fill(password);
    await this.loginForm.getByRole('button', { name: 'Log in' }).click();
  }

  async logIn(email: string, password: string): Promise<void> {
    await this.submitLogin(email, password);
    await this.loginForm.waitFor({ state: 'detached' });
  }

  async logOut(): Promise<void> {
    await this.authorize.click();
    await this.loginForm.getByRole('button', { name: 'Log out' }).click();
  }

  /** Opens a task of a group, and returns it. */
  async task(group: string, method: string, path: string): Promise<Locator> {
    const section = this.page.locator('.opblock-tag-section', {
      has: this.page.locator(`.opblock-tag[data-tag="${group}"]`),
    });
    if ((await section.getAttribute('class'))?.includes('is-open') !== true)
      await section.locator('.opblock-tag').click();
    const task = section.locator(`.opblock-${method.toLowerCase()}`, {
      has: this.page.locator(`[data-path="/api/v1${path}"]`),
    });
    if ((await task.getAttribute('class'))?.includes('is-open') !== true)
      await task.locator('.opblock-summary-control').click();
    return task;
  }

  /** Presses Execute, and returns the response when the page shows it. */
  async execute(task: Locator): Promise<Response> {
    const answered = this.page.waitForResponse(
      (response) => response.url().includes('/api/v1/') && !response.url().endsWith('/auth/token'),
    );
    await task.locator('.execute').click();
    const response = await answered;
    await task
      .locator('.live-responses-table .response-col_status', { hasText: String(response.status()) })
      .waitFor();
    return response;
  }

  /** Takes a picture in the size of a desktop and of a phone, from the given element on. */
  async takePictures(name: string, from?: Locator): Promise<void> {
    if (directory === '') return;
    await mkdir(directory, { recursive: true });
    for (const [size, width, height] of [
      ['desktop', 1280, 900],
      ['phone', 390, 844],
    ] as const) {
      await this.page.setViewportSize({ width, height });
      await from?.evaluate((element) => element.scrollIntoView());
      await this.page.screenshot({ path: join(directory, `docs-${name}-${size}.png`) });
    }
    await this.page.setViewportSize({ width: 1280, height: 900 });
  }
}

/** Returns the input of a parameter. */
export function parameter(task: Locator, name: string): Locator {
  return task.locator(`tr[data-param-name="${name}"] input`);
}

/** Returns the text field of the body. */
export function bodyOf(task: Locator): Locator {
  return task.locator('.body-param__text');
}
