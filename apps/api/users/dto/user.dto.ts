import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional } from 'class-validator';
import { ROLES, type Role, type UserAccount } from '#users';
import { IsId } from '../../ids/dto/id.dto.js';
import { seededUserId } from '../../openapi/seeded-ids.js';
import { PageDto } from '../../pagination/dto/page.dto.js';
import { IsNewEmail, IsNewPassword } from '../account.decorators.js';

/** The path of a user, with a seeded one as its example. */
export class UserIdDto {
  @IsId({ example: seededUserId(1) })
  id: string;
}

export class UserPageDto extends PageDto {
  @ApiPropertyOptional({ enum: ROLES })
  @IsOptional()
  @IsIn(ROLES)
  role?: Role;
}

export class CreateUserDto {
  @IsNewEmail()
  email: string;

  @ApiProperty({ enum: ROLES })
  @IsIn(ROLES)
  role: Role;

  @IsNewPassword()
  password: string;
}

/** Null means the same as an absent field. */
export class UpdateUserDto {
  @ApiPropertyOptional({ enum: ROLES })
  @IsOptional()
  @IsIn(ROLES)
  role?: Role;

  @ApiPropertyOptional({ description: 'A disabled user cannot log in' })
  @IsOptional()
  @IsBoolean()
  disabled?: boolean;

  toChanges(): { role?: Role; disabled?: boolean } {
    return { role: this.role ?? undefined, disabled: this.disabled ?? undefined };
  }
}

export class UserDto {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ format: 'idn-email', example: 'ana@example.com' })
  email: string;

  @ApiProperty({ enum: ROLES })
  role: Role;

  @ApiProperty()
  disabled: boolean;

  @ApiProperty({ format: 'date-time' })
  created_at: string;

  static from({ id, email, role, disabled, createdAt }: UserAccount): UserDto {
    return { id, email, role, disabled, created_at: createdAt.toISOString() };
  }
}
