import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { normalizeEmail } from './email.js';
import { User, type Role } from './user.entity.js';

/** The table of users. */
@Injectable()
export class UsersRepository {
  constructor(@InjectRepository(User) private readonly users: Repository<User>) {}

  findByEmail(email: string): Promise<User | null> {
    return this.users.findOneBy({ email: normalizeEmail(email) });
  }

  async currentRole(id: string): Promise<Role | undefined> {
    const user = await this.users.findOne({ select: { role: true }, where: { id } });
    return user?.role;
  }

  async updatePasswordHash(id: string, hashedPassword: string): Promise<void> {
    await this.users.update({ id }, { hashedPassword });
  }

  /** Adds a user. An existing user with that e-mail stays unchanged. */
  async insertIfAbsent(user: Pick<User, 'email' | 'hashedPassword' | 'role'>): Promise<void> {
    await this.users
      .createQueryBuilder()
      .insert()
      .values({ ...user, email: normalizeEmail(user.email) })
      .orIgnore()
      .execute();
  }
}
