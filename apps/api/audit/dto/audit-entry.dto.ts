import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { AUDIT_ACTIONS, type AuditAction, type AuditEntry } from '#audit';
import { ROLES } from '#users';
import { IsId } from '../../ids/dto/id.dto.js';
import { PageDto } from '../../pagination/dto/page.dto.js';

export class AuditPageDto extends PageDto {
  @IsOptional()
  @IsId({ required: false, description: 'Only what this user did' })
  actor?: string;

  @ApiPropertyOptional({ enum: AUDIT_ACTIONS })
  @IsOptional()
  @IsIn(AUDIT_ACTIONS)
  action?: AuditAction;

  @IsOptional()
  @IsId({ required: false, description: 'Only what was done to the product, order, … with this id' })
  subject?: string;
}

/** A change by the staff or by a command. */
export class AuditEntryDto {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ format: 'date-time' })
  at: string;

  /** Not a class: validators of OpenAPI 3.0 refuse null for a reference. */
  @ApiProperty({
    type: 'object',
    nullable: true,
    selfRequired: true,
    required: ['id', 'role'],
    properties: {
      id: { type: 'string', format: 'uuid' },
      role: { type: 'string', enum: [...ROLES], example: 'manager', description: 'The role at that time' },
    },
    description: 'Null for a command',
  })
  actor: { id: string; role: string } | null;

  @ApiProperty({ enum: AUDIT_ACTIONS, example: 'product.update' })
  action: AuditAction;

  @ApiProperty({
    type: 'object',
    selfRequired: true,
    required: ['type', 'id'],
    properties: {
      type: { type: 'string', example: 'product' },
      id: {
        type: 'string',
        format: 'uuid',
        nullable: true,
        description: 'Null if the change had several subjects',
      },
    },
  })
  subject: { type: string; id: string | null };

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    example: { name: 'Latte', base_price_cents: 400, variations: [] },
    description: 'The state before the change; null if the subject is new',
  })
  before: object | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    example: { name: 'Latte', base_price_cents: 420, variations: [] },
    description: 'The state after the change; null if the subject is gone',
  })
  after: object | null;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'The reason of a cancellation or refund, the note of a resolution',
  })
  reason: string | null;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'The X-Request-Id of the request that made the change; null for a command',
  })
  request_id: string | null;

  static from(entry: AuditEntry): AuditEntryDto {
    const { actorId, actorRole } = entry;
    return {
      id: entry.id,
      at: entry.createdAt.toISOString(),
      actor: actorId === null || actorRole === null ? null : { id: actorId, role: actorRole },
      action: entry.action,
      subject: { type: entry.subjectType, id: entry.subjectId },
      before: entry.before,
      after: entry.after,
      reason: entry.reason,
      request_id: entry.requestId,
    };
  }
}
