import type { components } from '../../../clients/typescript/src/schema.js';
import type { Role } from '../api/types.js';

const KEY = 'coffee-shop.board';
/** An access token is renewed this long before it ends, or after 80% of its life if that is sooner. */
const RENEWAL_MARGIN_MS = 60_000;

/** The tokens of a login. */
export interface Tokens {
  accessToken: string;
  refreshToken: string;
  /** In ms since the epoch. */
  renewAt: number;
}

/** What keeps somebody logged in. */
export interface Login extends Tokens {
  email: string;
  role: Role;
}

export function tokensOf(token: components['schemas']['Token'], now: number): Tokens {
  const lifeMs = token.expires_in * 1000;
  return {
    accessToken: token.access_token,
    refreshToken: token.refresh_token ?? '',
    renewAt: now + lifeMs - Math.min(RENEWAL_MARGIN_MS, lifeMs / 5),
  };
}

/** Keeps the login in this tab until it is closed. The password is not kept. */
export const loginStorage = {
  read(): Login | undefined {
    const text = sessionStorage.getItem(KEY);
    const value: unknown = text === null ? undefined : JSON.parse(text);
    return isLogin(value) ? value : undefined;
  },
  write(login: Login): void {
    sessionStorage.setItem(KEY, JSON.stringify(login));
  },
  clear(): void {
    sessionStorage.removeItem(KEY);
  },
};

function isLogin(value: unknown): value is Login {
  return typeof value === 'object' && value !== null && 'refreshToken' in value && 'role' in value;
}
