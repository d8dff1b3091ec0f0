export { AccessTokens, type AccessClaims } from './access-tokens.js';
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
export { AuthService, type IssuedTokens, type NewUser } from './auth.service.js';
export { Identities } from './identities.service.js';
