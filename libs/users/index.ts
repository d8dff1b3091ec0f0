export type { Actor, AuthenticatedUser } from './actor.js';
export { normalizeEmail } from './email.js';
export { checkPassword, hashPassword, needsRehash } from './password.js';
export { passwordProblem } from './password-rules.js';
export { ROLES, User, type Role } from './user.entity.js';
export { USER_ENTITIES } from './users.entities.js';
export { UsersModule } from './users.module.js';
export { UsersRepository } from './users.repository.js';
