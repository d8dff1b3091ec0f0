import { selectList } from '#database';

export const SELECT_ENTRY = `SELECT ${selectList('e', [
  ...['id', 'createdAt', 'actorId', 'actorRole', 'action', 'subjectType', 'subjectId', 'before', 'after'],
  ...['reason', 'requestId'],
])} FROM audit_log e`;

const COLUMNS =
  'id, actor_id, actor_role, action, subject_type, subject_id, before, after, reason, request_id';

/**
 * Returns the INSERT of the entry in a parameter such as `$1`, which `entryParameter` makes; of none if the parameter is null. A
 * statement that makes the change itself can contain it as a CTE: then the entry costs no round trip. `now()` would be before the wait
 * for a lock.
 */
export function insertEntry(parameter: string): string {
  return `INSERT INTO audit_log (created_at, ${COLUMNS})
     SELECT clock_timestamp(), ${COLUMNS} FROM json_populate_record(NULL::audit_log, ${parameter}::json) WHERE id IS NOT NULL`;
}
