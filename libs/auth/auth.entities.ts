import { KnownLogin } from './known-login.entity.js';
import { LoginFailure } from './login-failure.entity.js';
import { User } from './user.entity.js';

/** Every entity of this lib. Its module and ormconfig.ts register them. */
export const AUTH_ENTITIES = [User, LoginFailure, KnownLogin];
