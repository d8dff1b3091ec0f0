import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { normalizeEmail } from './email.js';
import { User } from './user.entity.js';

/** The table of users. */
@Injectable()
export class UsersRepository {
  constructor(@InjectRepository(User) private readonly users: Repository<User>) {}

  findByEmail(email: string): Promise<User | null> {
    return this.users.findOneBy({ email: normalizeEmail(email) });
  }

  /** Replaces a password hash. Returns false, and changes nothing, if the user has another one. */
  async replacePasswordHash(id: string, replaced: string, hashedPassword: string): Promise<boolean> {
    const { affected } = await this.users.update({ id, hashedPassword: replaced }, { hashedPassword });
    return affected === 1;
  }

  async isEmpty(): Promise<boolean> {
    return !(await this.users.exists());
  }

  /** Adds users in one statement. A user whose e-mail exists is not added. Returns how many were. */
  async insertAbsent(users: Pick<User, 'email' | 'hashedPassword' | 'role'>[]): Promise<number> {
    const { identifiers } = await this.users
      .createQueryBuilder()
      .insert()
      .values(users.map((user) => ({ ...user, email: normalizeEmail(user.email) })))
      .orIgnore()
      .execute();
    return identifiers.filter(Boolean).length;
  }
}
