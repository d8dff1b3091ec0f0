import { NotificationAttempt } from './notification-attempt.entity.js';
import { Notification } from './notification.entity.js';

/** Every entity of this lib. Its module and ormconfig.ts register them. */
export const NOTIFICATION_ENTITIES = [Notification, NotificationAttempt];
