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
export { AuthService, type AuthenticatedUser, type IssuedToken, type NewUser } from './auth.service.js';
export { normalizeEmail } from './email.js';
export { passwordProblem } from './password-rules.js';
export { ROLES, User, type Role } from './user.entity.js';
