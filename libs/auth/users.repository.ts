import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { User, type Role } from './user.entity.js';

/** The users' table. */
@Injectable()
export class UsersRepository {
  constructor(@InjectRepository(User) private readonly users: Repository<User>) {}

  findByEmail(email: string): Promise<User | null> {
    return this.users.findOneBy({ email: email.toLowerCase() });
  }

  async currentRole(id: string): Promise<Role | undefined> {
    const user = await this.users.findOne({ select: { role: true }, where: { id } });
    return user?.role;
  }

  async updatePasswordHash(id: string, hashedPassword: string): Promise<void> {
    await this.users.update({ id }, { hashedPassword });
  }

  /** Adds a user; one who is there already stays as is. */
  async insertIfAbsent(user: Pick<User, 'email' | 'hashedPassword' | 'role'>): Promise<void> {
    await this.users
      .createQueryBuilder()
      .insert()
      .values({ ...user, email: user.email.toLowerCase() })
      .orIgnore()
      .execute();
  }
}
