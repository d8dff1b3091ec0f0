import { DomainError } from '#errors';
import type { NotificationState } from './notification-state.js';

export class NotificationNotFound extends DomainError {
  constructor() {
    super('not_found', 'notification_not_found', 'Notification not found');
  }
}

export class NotificationNotDead extends DomainError {
  static readonly example = new NotificationNotDead('delivered');

  constructor(state: NotificationState) {
    super(
      'conflict',
      'notification_not_dead',
      `Only a dead notification can be redriven; this one is ${state}`,
    );
  }
}
