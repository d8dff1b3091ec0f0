import { Body, Controller, Headers, HttpCode, Post, Req } from '@nestjs/common';
import { IsString } from 'class-validator';
import type { Request } from 'express';
import { NotificationLog } from './notification-log.js';
import { dropConnection, Outage } from './outage.js';

export class NotificationRequest {
  @IsString()
  status: string;
}

/** The simulated notification provider. Records each notification. */
@Controller('notification')
export class NotificationController {
  constructor(
    private readonly log: NotificationLog,
    private readonly outage: Outage,
  ) {}

  @Post()
  @HttpCode(200)
  async receive(
    @Body() { status }: NotificationRequest,
    @Headers('webhook-id') id: string | undefined,
    @Headers('x-order-id') orderId: string | undefined,
    @Headers('webhook-sequence') sequence: string | undefined,
    @Headers('webhook-timestamp') timestamp: string | undefined,
    @Headers('webhook-signature') signature: string | undefined,
    @Req() { socket }: Request,
  ): Promise<object> {
    if (this.outage.isOn) return dropConnection(socket);
    const receivedAt = new Date().toISOString();
    this.log.add({ id, orderId, status, sequence, timestamp, signature: signature ?? null, receivedAt });
    return { received: true };
  }
}
