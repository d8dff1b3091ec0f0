export { NotificationAttempt } from './notification-attempt.entity.js';
export { Notification, NOTIFICATION_STATES, type NotificationState } from './notification.entity.js';
export { NotificationNotDead, NotificationNotFound } from './notifications.errors.js';
export { NotificationsModule } from './notifications.module.js';
export {
  NOTIFICATION_DUE,
  NotificationsService,
  type NotificationWithAttempts,
} from './notifications.service.js';
