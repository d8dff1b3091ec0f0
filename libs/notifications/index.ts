export { NotificationDispatcher } from './notification-dispatcher.service.js';
export {
  NOTIFICATION_STATE_MEANINGS,
  NOTIFICATION_STATES,
  NOTIFICATION_TRANSITIONS,
  type NotificationState,
} from './notification-state.js';
export { NOTIFICATION_ENTITIES } from './notifications.entities.js';
export { NotificationNotDead, NotificationNotFound } from './notifications.errors.js';
export { NotificationsModule } from './notifications.module.js';
export {
  NOTIFICATION_DUE,
  NotificationsService,
  type NotificationWithAttempts,
} from './notifications.service.js';
