/** The statements of sessions.repository.ts. */

/** Refresh tokens go with their session. */
export const END_ALL = `
  DELETE FROM sessions WHERE user_id = $1 AND id IS DISTINCT FROM $2 RETURNING id`;
