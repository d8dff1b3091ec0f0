export { AccountsService } from './accounts.service.js';
export { AUTH_ENTITIES } from './auth.entities.js';
export {
  IncorrectCredentials,
  InsufficientPermissions,
  InvalidToken,
  NotAuthenticated,
  TooManyFailedLogins,
  TooManyRegistrations,
} from './auth.errors.js';
export { AuthModule } from './auth.module.js';
export { AuthService, type IssuedToken } from './auth.service.js';
