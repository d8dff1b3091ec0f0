import { ApiProperty, OmitType } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';
import type { UserAccount } from '#users';
import { IsNewEmail, IsNewPassword } from '../../users/account.decorators.js';
import { UserDto } from '../../users/dto/user.dto.js';

export class RegisterAccountDto {
  @IsNewEmail()
  email: string;

  @IsNewPassword()
  password: string;
}

export class ChangeMyPasswordDto {
  @ApiProperty({ format: 'password', example: 'customer123' })
  @IsString()
  @Length(1, 1024)
  current_password: string;

  @IsNewPassword()
  new_password: string;
}

/** A user as that user sees it. */
export class AccountDto extends OmitType(UserDto, ['disabled']) {
  static from({ id, email, role, createdAt }: UserAccount): AccountDto {
    return { id, email, role, created_at: createdAt.toISOString() };
  }
}
