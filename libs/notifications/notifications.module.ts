import { HttpModule } from '@nestjs/axios';
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { HttpNotificationGateway } from './http-notification.gateway.js';
import { NotificationAttempt } from './notification-attempt.entity.js';
import { Notification } from './notification.entity.js';
import { NotificationGateway } from './notification.gateway.js';
import { NotificationsRepository } from './notifications.repository.js';
import { NotificationsService } from './notifications.service.js';

/** Notifications and their provider; another one is another `useClass`. */
@Module({
  imports: [
    TypeOrmModule.forFeature([Notification, NotificationAttempt]),
    HttpModule.register({
      maxRedirects: 0,
      decompress: false,
      proxy: false,
      responseType: 'stream',
      validateStatus: () => true,
    }),
  ],
  providers: [
    NotificationsService,
    NotificationsRepository,
    { provide: NotificationGateway, useClass: HttpNotificationGateway },
  ],
  exports: [NotificationsService],
})
export class NotificationsModule {}
