import { Injectable, Logger } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { LRUCache } from 'lru-cache';
import { Config } from '#config';
import { requestField } from '#logging';
import {
  hashPassword,
  UsersRepository,
  type AuthenticatedUser,
  type NewUser,
  type Role,
  type User,
} from '#users';
import { InvalidToken } from './auth.errors.js';
import { CredentialsService, type Credentials } from './credentials.service.js';

/** How long a role is cached, and so how long the token of a demoted or deleted user still works. */
const ROLE_TTL_MS = 5_000;

export interface IssuedToken {
  accessToken: string;
  expiresInSeconds: number;
}

/** Logs users in, and returns the user behind a token. */
@Injectable()
export class AuthService {
  private readonly log = new Logger(AuthService.name);
  private readonly roles: LRUCache<string, Role>;

  constructor(
    private readonly users: UsersRepository,
    private readonly credentials: CredentialsService,
    private readonly tokens: JwtService,
    private readonly config: Config,
  ) {
    this.roles = new LRUCache<string, Role>({
      max: 10_000,
      ttl: ROLE_TTL_MS,
      fetchMethod: (id) => this.users.currentRole(id),
    });
  }

  /**
   * Checks an e-mail and password, and issues a token.
   * @throws IncorrectCredentials, TooManyFailedLogins, TooManyConcurrentLogins as CredentialsService does
   */
  async logIn(credentials: Credentials): Promise<IssuedToken> {
    const user = await this.credentials.verify(credentials);
    const { address, requestId } = credentials;
    this.log.log('A user logged in', { user: user.id, address, ...requestField(requestId) });
    return {
      accessToken: await this.tokens.signAsync({ sub: user.id, role: user.role }),
      expiresInSeconds: this.config.jwt.lifetimeSeconds,
    };
  }

  /**
   * Returns the user behind the claims of a verified token.
   * @throws InvalidToken if the user is gone or no longer has the claimed role
   */
  async identify(claims: AuthenticatedUser): Promise<AuthenticatedUser> {
    const role = await this.roles.fetch(claims.id);
    if (role !== claims.role) throw new InvalidToken();
    return { id: claims.id, role };
  }

  /** Registers a user. Returns false, and changes nothing, if a user with that e-mail exists. */
  async register(user: NewUser): Promise<boolean> {
    return (await this.users.insertAbsent([await withHash(user)])) === 1;
  }

  /** Registers users if there are none. Returns how many it added. */
  async registerFirst(users: readonly NewUser[]): Promise<number> {
    if (!(await this.hasNoUsers())) return 0;
    return this.users.insertAbsent(await Promise.all(users.map(withHash)));
  }

  hasNoUsers(): Promise<boolean> {
    return this.users.isEmpty();
  }

  async isRegistered(email: string): Promise<boolean> {
    return (await this.users.findByEmail(email)) !== null;
  }
}

async function withHash({
  email,
  password,
  role,
}: NewUser): Promise<Pick<User, 'email' | 'hashedPassword' | 'role'>> {
  return { email, role, hashedPassword: await hashPassword(password) };
}
