export { AccessTokens, type VerifiedClaims } from './access-tokens.js';
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
export { AuthService, type IssuedTokens } from './auth.service.js';
export { Identities } from './identities.service.js';
export { StreamTicketCleanup } from './stream-ticket-cleanup.service.js';
export { StreamTicketsModule } from './stream-tickets.module.js';
export { StreamTickets, type IssuedTicket } from './stream-tickets.service.js';
