import { Injectable, Logger } from '@nestjs/common';
import { requestFields } from '#logging';
import {
  assertPassword,
  EmailTaken,
  HashingQueue,
  hashPassword,
  UsersRepository,
  UsersService,
  type Actor,
  type UserAccount,
} from '#users';
import { IncorrectCredentials, InvalidToken, TooManyRegistrations } from './auth.errors.js';
import { CredentialsService, type Credentials } from './credentials.service.js';
import { RegistrationThrottleRepository } from './registration-throttle.repository.js';

/** The change of a user's own password. */
export interface PasswordChange {
  currentPassword: string;
  newPassword: string;
  /** Of the client, in one normal form. */
  address: string;
}

/** Registers customers, and lets users read and change their own accounts. */
@Injectable()
export class AccountsService {
  private readonly log = new Logger(AccountsService.name);

  constructor(
    private readonly users: UsersRepository,
    private readonly usersService: UsersService,
    private readonly credentials: CredentialsService,
    private readonly throttle: RegistrationThrottleRepository,
    private readonly hashing: HashingQueue,
  ) {}

  /**
   * Registers a customer. Takes as long if the e-mail is taken.
   * @throws TooManyRegistrations, PasswordRefused, TooManyConcurrentLogins, EmailTaken
   */
  async register({ email, password, address, context }: Credentials): Promise<UserAccount> {
    const waitSeconds = await this.throttle.count(address);
    if (waitSeconds > 0) {
      this.log.warn('A registration was refused after too many attempts', {
        address,
        waitSeconds,
        ...requestFields(context),
      });
      throw new TooManyRegistrations(waitSeconds);
    }
    assertPassword(password, email);
    const hashedPassword = await this.hashing.run(address, () => hashPassword(password));
    const user = await this.users.insert({ email, hashedPassword, role: 'customer' });
    if (!user) throw new EmailTaken();
    this.log.log('A customer registered', { user: user.id, address, ...requestFields(context) });
    return user;
  }

  /** @throws InvalidToken if the user is gone */
  async get(userId: string): Promise<UserAccount> {
    const user = await this.users.find(userId);
    if (!user) throw new InvalidToken();
    return user;
  }

  /**
   * Changes a user's own password, and ends the user's tokens and other sessions. Of concurrent changes, one succeeds.
   * @throws InvalidToken, PasswordRefused, IncorrectCredentials, TooManyFailedLogins, TooManyConcurrentLogins
   */
  async changePassword(
    actor: Actor,
    { currentPassword, newPassword, address }: PasswordChange,
  ): Promise<void> {
    const { id, sessionId } = actor;
    const { email } = await this.get(id);
    assertPassword(newPassword, email, 'new_password');
    const user = await this.credentials.verify({ email, password: currentPassword, address, context: actor });
    const hashedPassword = await this.hashing.run(address, () => hashPassword(newPassword));
    if (!(await this.usersService.replacePassword(user, hashedPassword, sessionId)))
      throw new IncorrectCredentials();
    this.log.log('A user changed the password', { user: id, address, ...requestFields(actor) });
  }
}
