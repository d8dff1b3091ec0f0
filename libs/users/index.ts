export type { Actor, AuthenticatedUser } from './actor.js';
export { normalizeEmail } from './email.js';
export { HashingQueue } from './hashing-queue.js';
export { checkPassword, hashPassword, needsRehash } from './password.js';
export {
  MAX_PASSWORD_LENGTH,
  MIN_PASSWORD_LENGTH,
  assertPassword,
  passwordProblem,
} from './password-rules.js';
export { ROLES, User, type Role } from './user.entity.js';
export { USER_ENTITIES } from './users.entities.js';
export {
  EmailTaken,
  LastManager,
  PasswordRefused,
  TooManyConcurrentLogins,
  UserNotFound,
} from './users.errors.js';
export { UsersModule } from './users.module.js';
export { UsersRepository, type UserAccount } from './users.repository.js';
export { UsersService, type NewUser } from './users.service.js';
