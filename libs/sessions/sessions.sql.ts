/** The statements of sessions.repository.ts. Each locks a session before its refresh tokens. */

const LIFE_HOURS = 30 * 24;
const IDLE_HOURS = 7 * 24;
/** A user's oldest sessions end when there are more. */
const MAX_SESSIONS = 100;
/**
 * A session that has replaced its token so often cannot be continued: every 14 minutes for its whole life. With MAX_SESSIONS, this limits
 * how many rows are deleted when all sessions of a user end.
 */
const MAX_ROTATIONS = 3_000;
/** A client whose response was lost repeats its request within this time. */
const REPEAT_SECONDS = 10;

/** The end of a session that is used now. In hours, because a day of the session's time zone may have 23. */
function expiryOf(createdAt: string): string {
  return `least(${createdAt} + interval '${LIFE_HOURS} hours', now() + interval '${IDLE_HOURS} hours')`;
}

const OPEN_SESSION = `id, user_id AS "userId", round(extract(epoch FROM expires_at - now()))::int AS "expiresInSeconds"`;

/** Opens the session $1 of the user $2 with the token $3. */
export const OPEN = `
  WITH surplus AS (
    DELETE FROM sessions WHERE id IN (
      SELECT id FROM sessions WHERE user_id = $2 ORDER BY created_at DESC, id DESC OFFSET ${MAX_SESSIONS - 1})),
  session AS (
    INSERT INTO sessions (id, user_id, expires_at) VALUES ($1, $2, ${expiryOf('now()')})
    RETURNING ${OPEN_SESSION}),
  token AS (
    INSERT INTO refresh_tokens (hash, session_id) SELECT $3, id FROM session)
  SELECT * FROM session`;

/** Replaces the unused token $1 by $2. Of concurrent uses, those that come later find it used after they waited for the session. */
export const ROTATE = `
  WITH session AS MATERIALIZED (
    SELECT s.id FROM sessions s JOIN refresh_tokens t ON t.session_id = s.id
     WHERE t.hash = $1 AND s.expires_at > now() AND s.rotations < ${MAX_ROTATIONS}
       FOR UPDATE OF s),
  used AS (
    UPDATE refresh_tokens t SET rotated_at = now() FROM session s
     WHERE t.hash = $1 AND t.session_id = s.id AND t.rotated_at IS NULL
    RETURNING t.session_id),
  successor AS (
    INSERT INTO refresh_tokens (hash, session_id) SELECT $2, session_id FROM used)
  UPDATE sessions SET expires_at = ${expiryOf('created_at')}, rotations = rotations + 1 FROM used WHERE id = used.session_id
  RETURNING ${OPEN_SESSION}`;

/** Finds the session and the successor, one of $2, of the token $1 if it was used a moment ago. */
export const FIND_REPEAT = `
  SELECT s.*, n.hash AS "successorHash"
    FROM (SELECT ${OPEN_SESSION} FROM sessions WHERE expires_at > now()) s
    JOIN refresh_tokens t ON t.session_id = s.id
    JOIN refresh_tokens n ON n.session_id = s.id
   WHERE t.hash = $1 AND t.rotated_at > now() - interval '${REPEAT_SECONDS} seconds' AND n.hash = ANY ($2)`;

/** Ends the session of the token $1 if it was used longer ago: somebody else has a copy. */
export const END_REUSED = `
  DELETE FROM sessions s USING refresh_tokens t
   WHERE t.hash = $1 AND s.id = t.session_id AND t.rotated_at <= now() - interval '${REPEAT_SECONDS} seconds'
  RETURNING s.id, s.user_id AS "userId"`;

/** Ends the session of the token $1. */
export const END = `
  DELETE FROM sessions s USING refresh_tokens t WHERE t.hash = $1 AND s.id = t.session_id
  RETURNING s.id, s.user_id AS "userId"`;

export const END_ALL = 'DELETE FROM sessions WHERE user_id = $1 AND id IS DISTINCT FROM $2';

export const DELETE_EXPIRED = `
  DELETE FROM sessions WHERE id = ANY (ARRAY (
    SELECT id FROM sessions WHERE expires_at <= now() ORDER BY expires_at LIMIT $1 FOR UPDATE SKIP LOCKED))
  RETURNING id`;
