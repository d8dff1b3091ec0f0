/** Each query selects the rows that violate the invariant. Only requests by managers have keys. */
export const AUDIT_INVARIANTS: [message: string, sql: string][] = [
  [
    'A1 a status change by the staff has not one audit entry, or an entry has no change',
    `SELECT coalesce(t.order_id, e.subject_id) AS order, coalesce(t.to_status::text, e.after->>'status') AS status
       FROM (SELECT * FROM order_status_transitions WHERE changed_by_role <> 'customer') t
       FULL JOIN (SELECT * FROM audit_log WHERE action IN ('order.status', 'order.cancel')) e
         ON e.subject_id = t.order_id AND e.after->>'status' = t.to_status::text AND e.actor_id = t.changed_by
      GROUP BY 1, 2 HAVING count(t.order_id) <> 1 OR count(e.id) <> 1`,
  ],
  [
    'A1 a resolution has no audit entry, or an entry has no resolution',
    `SELECT id, r.count AS resolutions, e.count AS entries
       FROM (SELECT placement_id AS id, count(*) FROM placement_resolutions GROUP BY 1
             UNION ALL SELECT refund_id, count(*) FROM refund_resolutions GROUP BY 1) r
       FULL JOIN (SELECT subject_id AS id, count(*) FROM audit_log
                   WHERE action IN ('placement.resolve', 'refund.resolve') GROUP BY 1) e USING (id)
      WHERE r.count IS DISTINCT FROM e.count`,
  ],
  [
    'A1 a refund that a manager requested has not one audit entry, or an entry has no refund',
    `SELECT coalesce(r.id, e.subject_id) AS refund
       FROM (SELECT * FROM refunds WHERE key_hash IS NOT NULL) r
       FULL JOIN (SELECT * FROM audit_log WHERE action = 'refund.create') e
         ON e.subject_id = r.id AND (e.after->>'amount_cents')::int = r.amount_cents
      GROUP BY 1 HAVING count(r.id) <> 1 OR count(e.id) <> 1`,
  ],
];
