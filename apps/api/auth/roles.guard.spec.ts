import { Reflector } from '@nestjs/core';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import { InsufficientPermissions } from '#auth';
import { ROLES } from '#users';
import { RolesGuard } from './roles.guard.js';

class Controller {
  handlerWithoutAccess(): void {
    // Never called: the guard decides before the handler runs.
  }
}

describe('RolesGuard', () => {
  const guard = new RolesGuard(new Reflector());

  it.each(ROLES)('closes a handler without @Access to a %s', (role) => {
    const request = { user: { id: 'user-1', role } };
    const { handlerWithoutAccess } = Controller.prototype;
    const context = new ExecutionContextHost([request], Controller, handlerWithoutAccess);

    expect(() => guard.canActivate(context)).toThrow(InsufficientPermissions);
  });
});
