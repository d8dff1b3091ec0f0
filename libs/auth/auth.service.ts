import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { LRUCache } from 'lru-cache';
import { Config } from '#platform';
import { IncorrectCredentials, InvalidToken } from './auth.errors.js';
import { hashPassword, isCorrectPassword } from './password.js';
import type { Role } from './user.entity.js';
import { UsersRepository } from './users.repository.js';

/** How long a role once read counts, in ms: how long a demoted or deleted user's token still works. */
const ROLE_FRESHNESS_MS = 5_000;

/** Who makes a request. */
export interface AuthenticatedUser {
  id: string;
  role: Role;
}

export interface IssuedToken {
  accessToken: string;
  expiresInSeconds: number;
}

/** Logs users in and says who a token stands for. */
@Injectable()
export class AuthService {
  private readonly roles: LRUCache<string, Role>;

  constructor(
    private readonly users: UsersRepository,
    private readonly tokens: JwtService,
    private readonly config: Config,
  ) {
    this.roles = new LRUCache<string, Role>({
      max: 10_000,
      ttl: ROLE_FRESHNESS_MS,
      fetchMethod: (id) => this.users.currentRole(id),
    });
  }

  /**
   * Checks an e-mail and password and issues a token.
   * @throws IncorrectCredentials for any wrong pair, after the same time for an unknown e-mail
   */
  async logIn(email: string, password: string): Promise<IssuedToken> {
    const user = await this.users.withEmail(email);
    const correct = await isCorrectPassword(user?.hashedPassword, password);
    if (!user || !correct) throw new IncorrectCredentials();
    return {
      accessToken: await this.tokens.signAsync({ sub: user.id, role: user.role }),
      expiresInSeconds: this.config.jwt.lifetimeSeconds,
    };
  }

  /**
   * Answers the user that a verified token's claims stand for.
   * @throws InvalidToken where the user is gone or no longer has the claimed role
   */
  async identify(claims: AuthenticatedUser): Promise<AuthenticatedUser> {
    const role = await this.roles.fetch(claims.id);
    if (role !== claims.role) throw new InvalidToken();
    return { id: claims.id, role };
  }

  /** Registers a user; one with that e-mail stays as is. */
  async register(user: { email: string; password: string; role: Role }): Promise<void> {
    await this.users.addUnlessThere({
      email: user.email,
      role: user.role,
      hashedPassword: await hashPassword(user.password),
    });
  }
}
