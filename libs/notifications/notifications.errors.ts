import { DomainError } from '#errors';

export class NotificationNotFound extends DomainError {
  constructor() {
    super('not_found', 'notification_not_found', 'Notification not found');
  }
}

export class NotificationNotDead extends DomainError {
  constructor(state: string) {
    super(
      'conflict',
      'notification_not_dead',
      `Only a dead notification can be redriven; this one is ${state}`,
    );
  }
}
