/** What the script uses of the browser and of Swagger UI. */
interface Page {
  location: { pathname: string; search: string; hash: string };
  history: { replaceState(state: null, title: '', url: string): void };
  localStorage: Pick<BrowserStorage, 'removeItem'>;
  sessionStorage: BrowserStorage;
  ui: {
    getStore(): { subscribe(listener: () => void): void };
    authSelectors: { authorized(): { getIn(path: string[]): unknown } };
    authActions: { restoreAuthorization(state: object): void; logout(schemes: string[]): void };
  };
}

interface BrowserStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

declare const window: Page;

/**
 * Runs in the browser when Swagger UI is complete. Drops a slash at the end of the page's path, because the page resolves the server
 * URL against it. Keeps the token of a login in the tab's session, so that it survives a reload, and drops it when it expires. Swagger
 * UI's own `persistAuthorization` would store the password, in the localStorage and without end.
 * The page's script contains the text of this function, so it uses nothing outside itself.
 */
/* istanbul ignore next: counters would not work in the browser. */
export function preparePage(): void {
  const { history, localStorage, location, sessionStorage, ui } = window;
  history.replaceState(null, '', location.pathname.replace(/\/$/, '') + location.search + location.hash);

  const [tokenKey, expiryKey] = ['coffee-shop.token', 'coffee-shop.token-expires-at'];
  let current: unknown;
  let timer: NodeJS.Timeout | undefined;

  /** @param expiresAt in ms since the epoch */
  function keep(token: string, expiresAt: number): void {
    current = token;
    sessionStorage.setItem(tokenKey, token);
    sessionStorage.setItem(expiryKey, String(expiresAt));
    timer = setTimeout(() => ui.authActions.logout(['oauth2']), expiresAt - Date.now());
  }

  function drop(): void {
    current = undefined;
    clearTimeout(timer);
    sessionStorage.removeItem(tokenKey);
    sessionStorage.removeItem(expiryKey);
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
  }

  ui.getStore().subscribe(() => {
    const read = (field: string): unknown => ui.authSelectors.authorized().getIn(['oauth2', 'token', field]);
    const token = read('access_token');
    if (token === current) return;
    drop();
    if (typeof token === 'string') keep(token, Date.now() + Number(read('expires_in')) * 1000);
  });
}
