import { User } from './user.entity.js';

/** Every entity of this lib. Its module and ormconfig.ts register them. */
export const USER_ENTITIES = [User];
