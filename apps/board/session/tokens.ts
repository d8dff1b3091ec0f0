import type { components } from '../api/schema.js';

const KEY = 'coffee-shop.board';
/** An access token is renewed this long before it ends, or after 80% of its life if that is sooner. */
const RENEWAL_MARGIN_MS = 60_000;

/** What keeps somebody logged in. */
export interface Tokens {
  email: string;
  accessToken: string;
  refreshToken: string;
  /** In ms since the epoch. */
  renewAt: number;
}

export function tokensOf(email: string, token: components['schemas']['TokenDto'], now: number): Tokens {
  const lifeMs = token.expires_in * 1000;
  return {
    email,
    accessToken: token.access_token,
    refreshToken: token.refresh_token ?? '',
    renewAt: now + lifeMs - Math.min(RENEWAL_MARGIN_MS, lifeMs / 5),
  };
}

/** Keeps the tokens in this tab until it is closed. The password is not kept. */
export const tokenStorage = {
  read(): Tokens | undefined {
    const text = sessionStorage.getItem(KEY);
    const value: unknown = text === null ? undefined : JSON.parse(text);
    return isTokens(value) ? value : undefined;
  },
  write(tokens: Tokens): void {
    sessionStorage.setItem(KEY, JSON.stringify(tokens));
  },
  clear(): void {
    sessionStorage.removeItem(KEY);
  },
};

function isTokens(value: unknown): value is Tokens {
  return typeof value === 'object' && value !== null && 'refreshToken' in value;
}
