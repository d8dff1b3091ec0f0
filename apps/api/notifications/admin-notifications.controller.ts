import { Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { NotificationsService } from '#notifications';
import { Roles } from '../auth/auth.decorators.js';
import { IdDto } from '../ids/dto/id.dto.js';
import { paginate, withLookahead } from '../pagination/next-page.js';
import {
  ID_UNFIT,
  NOT_JSON_TYPE,
  PAGE_UNFIT,
  problem,
  Problems,
  TOO_LARGE,
} from '../problem/problem.decorators.js';
import { NotificationDto, NotificationPageDto } from './dto/notification.dto.js';

@ApiTags('admin: notifications')
@Roles('manager')
@Controller('admin/notifications')
export class AdminNotificationsController {
  constructor(private readonly notifications: NotificationsService) {}

  @Get()
  @ApiOperation({ summary: 'List notifications with every attempt to send them, newest first' })
  @ApiOkResponse({
    type: [NotificationDto],
    headers: { Link: { description: 'The next page, `rel="next"`', schema: { type: 'string' } } },
  })
  @Problems(PAGE_UNFIT)
  async list(@Query() query: NotificationPageDto, @Req() request: Request): Promise<NotificationDto[]> {
    const page = query.toRequest();
    const notifications = await this.notifications.list(withLookahead(page), query.state);
    return paginate(request, page, notifications, ({ notification }) => notification).map((entry) =>
      NotificationDto.from(entry),
    );
  }

  @Post(':id/redrive')
  @HttpCode(200)
  @ApiOperation({ summary: 'Send a dead notification again' })
  @ApiOkResponse({ type: NotificationDto, description: 'It is pending again' })
  @Problems(
    problem(404, 'notification_not_found', 'Notification not found'),
    problem(409, 'notification_not_dead', 'Only a dead notification can be redriven; this one is delivered'),
    ...ID_UNFIT,
    TOO_LARGE,
    NOT_JSON_TYPE,
  )
  async redrive(@Param() { id }: IdDto): Promise<NotificationDto> {
    return NotificationDto.from(await this.notifications.redrive(id));
  }
}
