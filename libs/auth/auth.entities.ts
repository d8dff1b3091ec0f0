import { KnownLogin } from './known-login.entity.js';
import { LoginFailure } from './login-failure.entity.js';
import { RegistrationAttempt } from './registration-attempt.entity.js';
import { StreamTicket } from './stream-ticket.entity.js';

/** Every entity of this lib. Its module and ormconfig.ts register them. */
export const AUTH_ENTITIES = [LoginFailure, KnownLogin, RegistrationAttempt, StreamTicket];
