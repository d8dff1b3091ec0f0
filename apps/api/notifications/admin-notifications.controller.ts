import { Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { NotificationsService } from '#notifications';
import { Roles } from '../auth/auth.decorators.js';
import { IdDto } from '../ids/dto/id.dto.js';
import { linkNextPage } from '../pagination/next-page.js';
import { Problems } from '../problem/problem.decorators.js';
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
  @Problems({ 422: 'A limit, cursor or state that does not fit' })
  async list(@Query() query: NotificationPageDto, @Req() request: Request): Promise<NotificationDto[]> {
    const page = query.toRequest();
    const notifications = await this.notifications.list(page, query.state);
    linkNextPage(
      request,
      page,
      notifications.map(({ notification }) => notification),
    );
    return notifications.map((notification) => NotificationDto.from(notification));
  }

  @Post(':id/redrive')
  @HttpCode(200)
  @ApiOperation({ summary: 'Send a dead notification again' })
  @ApiOkResponse({ type: NotificationDto, description: 'It is pending again' })
  @Problems({ 404: '`Notification not found`', 409: 'It is not dead', 422: 'The id is no UUID' })
  async redrive(@Param() { id }: IdDto): Promise<NotificationDto> {
    return NotificationDto.from(await this.notifications.redrive(id));
  }
}
