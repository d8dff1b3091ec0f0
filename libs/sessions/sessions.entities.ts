import { RefreshToken } from './refresh-token.entity.js';
import { Session } from './session.entity.js';

/** Every entity of this lib. Its module and ormconfig.ts register them. */
export const SESSION_ENTITIES = [Session, RefreshToken];
