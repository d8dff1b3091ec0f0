import { Body, Controller, HttpCode, Post, UnauthorizedException } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { InjectRepository } from '@nestjs/typeorm';
import argon2 from 'argon2';
import { Repository } from 'typeorm';
import { LoginDto } from './dtos.js';
import { User } from './entities.js';

@Controller('api/v1/auth')
export class AuthController {
  constructor(
    private readonly jwt: JwtService,
    @InjectRepository(User) private readonly users: Repository<User>,
  ) {}

  @Post('token')
  @HttpCode(200)
  async logIn(@Body() { username, password }: LoginDto): Promise<object> {
    const user = await this.users.findOneBy({ email: username.toLowerCase() });
    if (!user || !(await argon2.verify(user.hashed_password, password))) throw new UnauthorizedException();
    return {
      access_token: await this.jwt.signAsync({ sub: user.id, role: user.role }),
      token_type: 'bearer',
      expires_in: 1800,
    };
  }
}
