import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { NOTIFICATION_STATES, type NotificationState, type NotificationWithAttempts } from '#notifications';
import { ORDER_STATUSES } from '#orders';
import { PageDto } from '../../pagination/dto/page.dto.js';
import { ApiProviderPayload } from '../../openapi/provider-payload.decorators.js';

export class NotificationPageDto extends PageDto {
  @ApiPropertyOptional({ enum: NOTIFICATION_STATES })
  @IsOptional()
  @IsIn(NOTIFICATION_STATES)
  state?: NotificationState;
}

export class NotificationAttemptDto {
  @ApiProperty({ type: 'integer', example: 1 })
  attempt: number;

  @ApiProperty({ format: 'date-time' })
  started_at: string;

  @ApiProperty({ type: 'integer', description: 'Milliseconds' })
  duration_ms: number;

  @ApiProperty({ type: 'integer', nullable: true })
  response_status_code: number | null;

  @ApiProviderPayload()
  response_payload: unknown;

  @ApiProperty({ type: String, nullable: true, description: 'Why no answer came', example: 'timeout' })
  error: string | null;
}

export class NotificationDto {
  @ApiProperty({ format: 'uuid', description: 'Also the webhook-id of the request to the provider' })
  id: string;

  @ApiProperty({ format: 'uuid' })
  order_id: string;

  @ApiProperty({
    type: 'integer',
    example: 2,
    description:
      'The number of the notification within its order, from 1: its webhook-sequence at the provider',
  })
  sequence: number;

  @ApiProperty({ enum: ORDER_STATUSES, example: 'ready', description: "The order's new status" })
  status: string;

  @ApiProperty({ enum: NOTIFICATION_STATES })
  state: NotificationState;

  @ApiProperty({ format: 'date-time' })
  created_at: string;

  @ApiProperty({ format: 'date-time', description: 'When a pending notification is sent next' })
  due_at: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  delivered_at: string | null;

  @ApiProperty({ type: [NotificationAttemptDto] })
  attempts: NotificationAttemptDto[];

  static from({ notification, attempts }: NotificationWithAttempts): NotificationDto {
    return {
      id: notification.id,
      order_id: notification.orderId,
      sequence: notification.sequence,
      status: notification.status,
      state: notification.state,
      created_at: notification.createdAt.toISOString(),
      due_at: notification.dueAt.toISOString(),
      delivered_at: notification.deliveredAt?.toISOString() ?? null,
      attempts: attempts.map((attempt) => ({
        attempt: attempt.attempt,
        started_at: attempt.startedAt.toISOString(),
        duration_ms: attempt.durationMs,
        response_status_code: attempt.responseStatusCode,
        response_payload: attempt.responsePayload,
        error: attempt.error,
      })),
    };
  }
}
