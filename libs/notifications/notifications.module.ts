import { HttpModule } from '@nestjs/axios';
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '#audit';
import { HttpNotificationGateway } from './http-notification.gateway.js';
import { NotificationDispatcher } from './notification-dispatcher.service.js';
import { NotificationGateway } from './notification.gateway.js';
import { NOTIFICATION_ENTITIES } from './notifications.entities.js';
import { NotificationsRepository } from './notifications.repository.js';
import { NotificationsService } from './notifications.service.js';

/** Notifications and their provider. Another provider is another `useClass`. */
@Module({
  imports: [
    TypeOrmModule.forFeature(NOTIFICATION_ENTITIES),
    AuditModule,
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
    NotificationDispatcher,
    NotificationsRepository,
    { provide: NotificationGateway, useClass: HttpNotificationGateway },
  ],
  exports: [NotificationsService, NotificationDispatcher],
})
export class NotificationsModule {}
