import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import {
  NOTIFICATION_STATE_MEANINGS,
  NOTIFICATION_STATES,
  NotificationNotDead,
  NotificationNotFound,
  NotificationsService,
} from '#notifications';
import type { Actor } from '#users';
import { Access, CurrentActor } from '../auth/auth.decorators.js';
import { IdDto } from '../ids/dto/id.dto.js';
import { paginate } from '../pagination/paginate.js';
import { ApiPage } from '../pagination/pagination.decorators.js';
import { AcceptsJson } from '../http/accepts.decorators.js';
import { describeStates } from '../openapi/states.js';
import { INVALID_ID, invalidField, Problems } from '../problem/problem.decorators.js';
import { NotificationDto, NotificationPageDto } from './dto/notification.dto.js';
import { RedriveNotificationsDto, RedriveResultDto } from './dto/redrive.dto.js';

@ApiTags('Notifications')
@Controller('admin/notifications')
export class AdminNotificationsController {
  constructor(private readonly notifications: NotificationsService) {}

  @Access('GET /admin/notifications')
  @Get()
  @ApiOperation({
    summary: 'List the notifications, newest first',
    description: `Each has all attempts to send it.\n\n${describeStates(NOTIFICATION_STATE_MEANINGS, NOTIFICATION_STATES)}`,
  })
  @ApiPage(NotificationDto)
  async listNotifications(
    @Query() query: NotificationPageDto,
    @Req() request: Request,
  ): Promise<NotificationDto[]> {
    const notifications = await paginate(
      request,
      query,
      (page) => this.notifications.list(page, query.state),
      ({ notification }) => notification,
    );
    return notifications.map((entry) => NotificationDto.from(entry));
  }

  @Access('POST /admin/notifications/redrive')
  @Post('redrive')
  @AcceptsJson()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Send many dead notifications again',
    description:
      'Sends the dead notifications that were created from `from` to `to`. Without these two fields it sends **all** dead ones, also those of long ago.',
  })
  @ApiBody({
    type: RedriveNotificationsDto,
    required: false,
    examples: {
      outage: {
        summary: 'Those of a few hours',
        value: { from: '2026-11-24T10:00:00Z', to: '2026-11-24T13:00:00Z' },
      },
      all: { summary: 'All dead ones', value: {} },
    },
  })
  @ApiOkResponse({ type: RedriveResultDto })
  @Problems(invalidField('to', 'to must not be before from'))
  async redriveNotifications(
    @Body() range: RedriveNotificationsDto,
    @CurrentActor() manager: Actor,
  ): Promise<RedriveResultDto> {
    return { count: await this.notifications.retryAllDead(range.toRange(), manager) };
  }

  @Access('POST /admin/notifications/{id}/redrive')
  @Post(':id/redrive')
  @HttpCode(200)
  @ApiOperation({ summary: 'Send a dead notification again' })
  @ApiOkResponse({ type: NotificationDto, description: 'It is pending again' })
  @Problems(NotificationNotFound, NotificationNotDead, ...INVALID_ID)
  async redriveNotification(
    @Param() { id }: IdDto,
    @CurrentActor() manager: Actor,
  ): Promise<NotificationDto> {
    return NotificationDto.from(await this.notifications.retry(id, manager));
  }
}
