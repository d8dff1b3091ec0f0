interface BrowserStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

interface Element {
  append(child: Element): void;
  prepend(child: Element): void;
  setAttribute(name: string, value: string): void;
  textContent: string;
}

interface PageRequest {
  url: string;
  method: string;
  headers: Record<string, string | undefined>;
  body?: unknown;
  /** Is called with the response to this request. */
  responseInterceptor?: (response: PageResponse) => PageResponse;
}

interface PageResponse {
  status: number;
  /** A value with commas is a list. */
  headers: Record<string, string | string[] | undefined>;
}

interface PathItem {
  post?: { parameters?: { name: string }[] };
}

/** What the script uses of the browser and of Swagger UI. */
interface Page {
  document: { head: Element; body: Element; createElement(name: string): Element };
  location: { pathname: string; search: string; hash: string };
  history: { replaceState(state: null, title: '', url: string): void };
  localStorage: Pick<BrowserStorage, 'removeItem'>;
  sessionStorage: BrowserStorage;
  ui: {
    getConfigs(): { requestInterceptor: (request: PageRequest) => PageRequest };
    getStore(): { subscribe(listener: () => void): void };
    specSelectors: { specJson(): { toJS(): { paths: Record<string, PathItem> } } };
    authSelectors: { authorized(): { getIn(path: string[]): unknown } };
    authActions: { restoreAuthorization(state: object): void; logout(schemes: string[]): void };
  };
}

declare const window: Page;

/**
 * Runs in the browser when Swagger UI is complete.
 * - Drops a slash at the end of the page's path, because the page resolves the server URL against it.
 * - Keeps the token of a login in the tab's session, so that it survives a reload, and says when the login has ended. Swagger UI's own
 *   `persistAuthorization` would store the password, in the localStorage and without end.
 * - Sends a new Idempotency-Key with each call that takes one and has none. A call whose outcome is unknown keeps its key in the tab's
 *   session, also over other calls, a new login and a reload, so that pressing Execute again never charges twice.
 *
 * The page's script contains the text of this function, so it uses nothing outside itself.
 */
/* istanbul ignore next: counters would not work in the browser. */
export function preparePage(): void {
  const { document, history, localStorage, location, sessionStorage, ui } = window;
  history.replaceState(null, '', location.pathname.replace(/\/$/, '') + location.search + location.hash);

  const viewport = document.createElement('meta');
  viewport.setAttribute('name', 'viewport');
  viewport.setAttribute('content', 'width=device-width, initial-scale=1');
  document.head.append(viewport);
  const notice = document.createElement('p');
  notice.setAttribute('role', 'status');
  notice.setAttribute('class', 'notice');
  document.body.prepend(notice);

  const tokenKey = 'coffee-shop.token';
  const expiryKey = 'coffee-shop.token-expires-at';
  let current: unknown;
  let timer: NodeJS.Timeout | undefined;

  /** @param expiresAt in ms since the epoch */
  function keep(token: string, expiresAt: number): void {
    current = token;
    notice.textContent = '';
    sessionStorage.setItem(tokenKey, token);
    sessionStorage.setItem(expiryKey, String(expiresAt));
    timer = setTimeout(endLogin, expiresAt - Date.now());
  }

  function drop(): void {
    current = undefined;
    clearTimeout(timer);
    sessionStorage.removeItem(tokenKey);
    sessionStorage.removeItem(expiryKey);
  }

  function endLogin(): void {
    ui.authActions.logout(['oauth2']);
    notice.textContent = 'Your login has ended. Press Authorize to log in again.';
  }

  // Earlier versions of this page stored passwords there.
  localStorage.removeItem('authorized');
  const kept = sessionStorage.getItem(tokenKey);
  const keptUntil = Number(sessionStorage.getItem(expiryKey));
  if (kept !== null && keptUntil > Date.now()) {
    keep(kept, keptUntil);
    const token = { access_token: kept, token_type: 'bearer' };
    const oauth2 = { name: 'oauth2', schema: { type: 'oauth2', flow: 'password' }, token };
    ui.authActions.restoreAuthorization({ authorized: { oauth2 } });
  } else {
    drop();
    if (kept !== null) endLogin();
  }

  ui.getStore().subscribe(() => {
    const read = (field: string): unknown => ui.authSelectors.authorized().getIn(['oauth2', 'token', field]);
    const token = read('access_token');
    if (token === current) return;
    drop();
    if (typeof token === 'string') keep(token, Date.now() + Number(read('expires_in')) * 1000);
  });

  const withKey = Object.entries(ui.specSelectors.specJson().toJS().paths)
    .filter(([, { post }]) => post?.parameters?.some(({ name }) => name === 'Idempotency-Key'))
    .map(([path]) => new RegExp(`${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`));

  /** Browsers have `randomUUID` only on https and localhost. */
  function newKey(): string {
    const bytes = [...crypto.getRandomValues(new Uint8Array(16))];
    return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  }

  /** Returns whether a response says what became of its call. A proxy's does not, and neither does one that asks to try again. */
  function isFinal({ status, headers }: PageResponse): boolean {
    if (status < 300) return true;
    const isProblem = String(headers['content-type']).startsWith('application/problem+json');
    const isAboutCall = status < 500 && ![401, 408, 429].includes(status);
    return isProblem && isAboutCall && headers['retry-after'] === undefined;
  }

  ui.getConfigs().requestInterceptor = (request) => {
    const { url, method, headers, body } = request;
    const sent = current;
    const takesKey = method === 'POST' && withKey.some((path) => path.test(url));
    // Holds the key of the call until its outcome is known.
    const item = `coffee-shop.key-of ${url} ${String(body)}`;
    let key: string | undefined;
    if (takesKey && headers['Idempotency-Key'] === undefined) {
      key = sessionStorage.getItem(item) ?? newKey();
      headers['Idempotency-Key'] = key;
      sessionStorage.setItem(item, key);
    }
    request.responseInterceptor = (response) => {
      const isRefused = String(response.headers['www-authenticate']).includes('invalid_token');
      // The response may come after a new login.
      if (isRefused && sent === current) endLogin();
      if (isFinal(response) && sessionStorage.getItem(item) === key) sessionStorage.removeItem(item);
      return response;
    };
    return request;
  };
}
