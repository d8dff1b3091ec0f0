import { createSecretKey } from 'node:crypto';
import { Injectable, UnauthorizedException } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { InjectRepository } from '@nestjs/typeorm';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { Repository } from 'typeorm';
import { User } from './entities.js';

// A prepared key is faster than a string, but the types of passport-jwt do not allow one.
const preparedKey: object = { secretOrKey: createSecretKey(process.env.JWT_SECRET_KEY ?? '', 'utf8') };

@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy) {
  constructor(@InjectRepository(User) private readonly users: Repository<User>) {
    const options = {
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      secretOrKey: 'replaced by the prepared key',
    };
    super(Object.assign(options, preparedKey));
  }

  async validate({ sub }: { sub: string }): Promise<User> {
    const user = await this.users.findOneBy({ id: sub });
    if (!user) throw new UnauthorizedException();
    return user;
  }
}
