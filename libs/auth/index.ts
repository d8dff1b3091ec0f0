export { AUTH_ENTITIES } from './auth.entities.js';
export {
  IncorrectCredentials,
  InsufficientPermissions,
  InvalidToken,
  NotAuthenticated,
  TooManyConcurrentLogins,
  TooManyFailedLogins,
} from './auth.errors.js';
export { AuthModule } from './auth.module.js';
export { AuthService, type IssuedToken, type NewUser } from './auth.service.js';
